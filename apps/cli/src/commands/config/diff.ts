import type { ConfigurationInForce, DocumentChange } from '@waystation/answers';
import type { ConfigurationDocument } from '@waystation/events';
import { Command } from 'commander';
import type { Api } from '../../api.js';
import { contextOf } from '../../context.js';
import { changeLines } from '../../output/change-lines.js';
import { readConfiguration } from '../../read-configuration.js';

/** `waystation config diff A [B]` */
export const diffConfigurations = (): Command =>
  new Command('diff')
    .description('shows where two configurations differ: what was added (+), removed (-) and changed (~)')
    .argument('<from>', 'a version, or a file')
    .argument(
      '[to]',
      'another one; without it a version is compared with what is in force, and what is in force with a file',
    )
    .addHelpText(
      'after',
      `
Examples:
  waystation config diff 3 5
  waystation config diff 3
  waystation config diff waystation-configuration.json`,
    )
    .action(async (from: string, to: string | undefined, _options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const [before, after] = to === undefined ? withInForce(from) : [from, to];
      // Only here: what needs no rules starts sooner without them.
      const { diffDocuments } = await import('@waystation/domain');
      const changes: readonly DocumentChange[] = diffDocuments(await find(api, before), await find(api, after));
      output.answer(changes, () => (changes.length === 0 ? ['they are the same'] : changeLines(changes)));
    });

const isVersion = (word: string): boolean => /^\d+$/.test(word);

/** Somebody who names one of them wants to know what was done since, or what publishing it would do. */
const withInForce = (word: string): readonly [string | undefined, string | undefined] =>
  isVersion(word) ? [word, undefined] : [undefined, word];

const find = async (api: Api, word: string | undefined): Promise<ConfigurationDocument> => {
  if (word !== undefined && !isVersion(word)) return readConfiguration(word);
  const path = word === undefined ? 'api/configuration' : `api/configuration/versions/${word}`;
  return (await api.control<ConfigurationInForce>('GET', path)).document;
};
