import { readFile } from 'node:fs/promises';
import { createPublicKey } from 'node:crypto';
import type { VerifyReport } from '@waystation/event-log';
import { Command } from 'commander';
import { contextOf } from '../context.js';
import { Progress } from '../output/progress.js';

interface VerifyOptions {
  readonly from?: string;
  readonly to?: string;
  readonly publicKey?: string;
}

/** `waystation verify` */
export const verifyCommand = (): Command =>
  new Command('verify')
    .description('reads the whole log and proves that nothing is missing and nothing was changed')
    .option('--from <position>', 'begin there')
    .option('--to <position>', 'end there')
    .option('--public-key <file>', 'the newest seal has to be signed with this key; kept outside of the database')
    .addHelpText(
      'after',
      `
The first line of what is wrong names the first bad event.

Examples:
  waystation verify && echo whole
  waystation verify --public-key seal.pub`,
    )
    .action(async (options: VerifyOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const progress = new Progress(process.stderr);
      const report = await api.long<VerifyReport>('GET', await pathOf(options), (told) => {
        const { position, to } = told as { readonly position: number; readonly to: number };
        progress.show(`position ${position} of ${to} (${Math.floor((100 * position) / to)} %)`);
      });
      progress.end();
      output.answer(report, () => linesOf(report));
      if (!report.ok) process.exitCode = 1;
    });

const pathOf = async ({ from, to, publicKey }: VerifyOptions): Promise<string> => {
  const query = new URLSearchParams();
  if (from !== undefined) query.set('from', from);
  if (to !== undefined) query.set('to', to);
  if (publicKey !== undefined) {
    const key = createPublicKey(await readFile(publicKey, 'utf8'));
    query.set('key', key.export({ type: 'spki', format: 'der' }).toString('base64url'));
  }
  return `api/verify?${query.toString()}`;
};

const linesOf = ({ ok, events, seals, problems, ...report }: VerifyReport): readonly string[] => {
  const { unsealedFrom, head, signedThrough, archivedThrough } = report;
  const asides = [
    ...(signedThrough > 0 ? [`signed through position ${signedThrough}`] : []),
    ...(archivedThrough > 0 ? [`read from copies through position ${archivedThrough}`] : []),
    ...(unsealedFrom > head ? [] : [`not sealed yet from position ${unsealedFrom}`]),
  ];
  return [
    `${[`${ok ? 'whole' : 'DAMAGED'}: ${events} events`, `${seals} seals`, ...asides].join(', ')}`,
    ...problems.map(({ position, code, message }) => `position ${position}: ${message} (${code})`),
  ];
};
