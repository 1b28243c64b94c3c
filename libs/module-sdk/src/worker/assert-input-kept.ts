import { assertKept, assertOutputKept, jobDecider, seriesDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName, type JobInput } from '@waystation/events';

/**
 * Makes sure that the bytes of a job's input are kept to this day.
 * @throws CodedError `series.objects-expired`, `job.objects-expired`; no other attempt would find them
 */
export const assertInputKept = async (commands: CommandHandler, parts: readonly JobInput[]): Promise<void> => {
  for (const part of parts) {
    if ('seriesInstanceUid' in part) {
      const { state } = await commands.load(seriesDecider, streamName.series(part.seriesInstanceUid));
      if (state.status !== 'unknown') assertKept(state, part.instances);
    } else {
      const { state } = await commands.load(jobDecider, streamName.job(part.job));
      if (state.status !== 'unknown') assertOutputKept(state, part.attempt);
    }
  }
};
