import { setTimeout as delay } from 'node:timers/promises';
import type { RebuildStatus } from '@waystation/answers';
import { CodedError } from '@waystation/kernel';
import { Command } from 'commander';
import type { Api } from '../api.js';
import { contextOf } from '../context.js';

/** Between two questions how far it is: growing, so that neither a short rebuild waits nor a long one is asked all the time. */
const PAUSES = { first: 25, longest: 1000 };

/** `waystation rebuild` */
export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description(
      'derives every read model and timer from the log again, beside those in force, and compares the digests; what is in force answers until the new ones take its place',
    )
    .option('--status', 'only tell how far the newest rebuild is, or how it ended')
    .addHelpText('after', '\nExamples:\n  waystation rebuild\n  waystation rebuild --status')
    .action(async (options: { readonly status?: boolean }, command: Command) => {
      const { api, output } = contextOf(command);
      if (options.status === true) {
        const status = await api.get<RebuildStatus>('api/rebuild');
        output.answer(status, () => linesOf(status));
        return;
      }
      const begun = await api.post<RebuildStatus>('api/rebuild');
      const ended = await untilEnded(api, begun);
      if (ended.report === null) throw new CodedError('rebuild.abandoned', abandoned(ended));
      output.answer(ended.report, () => reportLines(ended));
    });

const untilEnded = async (api: Api, begun: RebuildStatus): Promise<RebuildStatus> => {
  let status = begun;
  for (let pause = PAUSES.first; status.state === 'building'; pause = Math.min(2 * pause, PAUSES.longest)) {
    await delay(pause);
    status = await api.get<RebuildStatus>(`api/rebuild/${begun.generation}`);
    if (process.stderr.isTTY) process.stderr.write(`\r${progress(status)} `);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  return status;
};

const progress = ({ position, goal }: RebuildStatus): string =>
  `${goal === 0 ? 100 : Math.floor((100 * position) / goal)} % (position ${position} of ${goal})`;

const abandoned = ({ generation, failure }: RebuildStatus): string =>
  `rebuild ${generation} was abandoned (${failure}); the read models from before stay in force`;

const linesOf = (status: RebuildStatus): readonly string[] => {
  if (status.state === 'building') return [`rebuild ${status.generation} is under way: ${progress(status)}`];
  if (status.state === 'abandoned') return [abandoned(status)];
  return status.report === null ? ['there was no rebuild yet'] : reportLines(status);
};

const reportLines = ({ report }: RebuildStatus): readonly string[] =>
  report === null
    ? []
    : [
        `read models at position ${report.position}`,
        `digest before ${report.digestBefore}`,
        `digest after  ${report.digestAfter}`,
        `${report.equal ? 'equal' : 'DIFFERENT: what was there did not follow from the log; now it does'}; ${report.timers} timers follow from the log; ${report.durationMs} ms`,
      ];
