import type { WhatIfLine, WhatIfSummary } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import { Command, InvalidArgumentError } from 'commander';
import { contextOf } from '../context.js';
import { differenceLines } from '../output/difference-lines.js';
import { jobDifferenceLines } from '../output/job-difference-lines.js';
import { Progress } from '../output/progress.js';
import { whatIfSummary } from '../output/what-if-summary.js';
import { readJson } from '../read-json.js';

interface WhatIfOptions {
  readonly since?: string;
  readonly until?: string;
  readonly limit: number;
}

/** `waystation what-if FILE` */
export const whatIfCommand = (): Command =>
  new Command('what-if')
    .description(
      'makes every decision of the past again with another configuration, and tells which would differ and why',
    )
    .argument('<file>', 'JSON as printed by `waystation config show`, with other rules')
    .option('--since <moment>', 'begin at a position (1234) or an instant (2026-01-31T12:00:00Z)')
    .option('--until <moment>', 'end there')
    .option('--limit <n>', 'differences that are told; all are counted', wholeNumber, 100)
    .addHelpText(
      'after',
      `
Nothing is sent and nothing is changed. It ends with 0 also where decisions differ.
With --json each difference is a line, and the summary is the last one.

Examples:
  waystation what-if new.json --since 2026-01-01
  waystation what-if new.json --limit 0
  waystation what-if new.json --limit 1000000 --json | jq -r 'select(.would.outcome == "discarded").seriesInstanceUid'`,
    )
    .action(async (file: string, options: WhatIfOptions, command: Command) => {
      const { api, output } = contextOf(command);
      const body = { document: documentIn(await readJson(file)) };
      const progress = new Progress(process.stderr);
      const lines = api.lines<WhatIfLine, WhatIfSummary>('POST', pathOf(options), body);
      let told = 0;
      for (;;) {
        const { done, value } = await lines.next();
        if (done !== true && 'progress' in value) progress.show(progressOf(value.progress));
        if (done !== true && 'difference' in value && told++ < options.limit) {
          const { difference } = value;
          progress.end();
          output.next(difference, () => [differenceLines(difference).join('\n')]);
        }
        if (done !== true && 'job' in value && told++ < options.limit) {
          const { job } = value;
          progress.end();
          output.next(job, () => [jobDifferenceLines(job).join('\n')]);
        }
        if (done !== true) continue;
        progress.end();
        output.next({ summary: value }, () => [whatIfSummary(value, Math.min(told, options.limit)).join('\n')]);
        return;
      }
    });

const pathOf = ({ since, until }: WhatIfOptions): string => {
  const query = new URLSearchParams();
  if (since !== undefined) query.set('since', since);
  if (until !== undefined) query.set('until', until);
  return `api/what-if?${query.toString()}`;
};

/** Some write down what HTTP answers: the document with its version. */
const documentIn = (read: unknown): unknown => {
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new CodedError('cli.no-configuration', 'the file holds no configuration: expected an object');
  return 'document' in read ? read.document : read;
};

const progressOf = ({ position, to, decisions, different }: Progressed): string =>
  `position ${position} of ${to} (${Math.floor((100 * position) / Math.max(1, to))} %): ${different} of ${decisions} decisions differ`;
type Progressed = Extract<WhatIfLine, { progress: unknown }>['progress'];

const wholeNumber = (text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number');
};
