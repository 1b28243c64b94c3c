import type { RotationProgress } from '@waystation/answers';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { authorQuery, authorship, type Authorship } from './authorship.js';

/** `waystation rotate-identity-key` */
export const rotateIdentityKeyCommand = (): Command =>
  authorship(new Command('rotate-identity-key'))
    .description('wraps the keys of patients with the new key-encryption key; may be broken off and gone on with')
    .addHelpText(
      'after',
      `
Before: give every service the new key (WAYSTATION_IDENTITY_KEY_FILE) and the old one (WAYSTATION_IDENTITY_PREVIOUS_KEY_FILE).
After:  take the old one away.

Example:
  waystation rotate-identity-key`,
    )
    .action(async (options: Authorship, command: Command) => {
      const { api, output } = contextOf(command);
      let rewrapped = 0;
      for (;;) {
        const progress = await api.control<RotationProgress>('POST', `api/identity/rotation?${authorQuery(options)}`);
        rewrapped += progress.rewrapped;
        const { key, remaining } = progress;
        if (remaining === 0) {
          output.answer({ key, rewrapped }, () => [
            `all keys are wrapped by key ${key}; ${rewrapped} were wrapped again`,
          ]);
          return;
        }
        process.stderr.write(`${rewrapped} keys wrapped again, ${remaining} remain\n`);
      }
    });
