import { Command } from 'commander';
import { contextOf } from '../context.js';

interface RebuildReport {
  readonly position: number;
  readonly digestBefore: string;
  readonly digestAfter: string;
  readonly equal: boolean;
  readonly timers: number;
  readonly durationMs: number;
}

/** `waystation rebuild` */
export const rebuildCommand = (): Command =>
  new Command('rebuild')
    .description('drops every read model and timer, derives them from the log again, and compares the digests')
    .addHelpText('after', '\nExample:\n  waystation rebuild')
    .action(async (_options: unknown, command: Command) => {
      const { api, output } = contextOf(command);
      const report = await api.post<RebuildReport>('api/rebuild');
      output.answer(report, () => [
        `read models at position ${report.position}`,
        `digest before ${report.digestBefore}`,
        `digest after  ${report.digestAfter}`,
        `${report.equal ? 'equal' : 'DIFFERENT: what was there did not follow from the log; now it does'}; ${report.timers} timers follow from the log; ${report.durationMs} ms`,
      ]);
    });
