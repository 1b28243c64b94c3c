import { configurationDecider, jobDecider, type KnownJob } from '@waystation/domain';
import { streamName } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import { causeOf } from './job-of.js';
import type { JobTools } from './job-tools.js';

/**
 * Whether a job that waits may begin at this hour. One that may not is held, and its timer is set to when it may; one that was
 * held until now gets a new timer, and is begun with that.
 * @param now by the database's clock
 */
export const mayBegin = async (
  { commands, log }: JobTools,
  stream: string,
  waiting: KnownJob,
  now: Instant,
): Promise<boolean> => {
  if (waiting.status !== 'waiting' || (waiting.request.priority !== 'off-peak' && !waiting.hold)) return true;
  const metadata = causeOf(waiting, waiting.waitingPosition);
  for (;;) {
    const { state: configuration } = await commands.load(configurationDecider, streamName.configuration);
    const { version, document } = configuration;
    const { offPeak } = document.schedule;
    const review = { kind: 'review-hours', now, offPeak, configurationVersion: version } as const;
    const { state, events } = await commands.handle(jobDecider, stream, review, { metadata });
    if (state.status !== 'waiting' || state.hold === undefined) return events.length === 0;
    if (events.length === 0) await log.timers.rearm(stream, state.hold.until);
    // Other hours that were published before the job was held have woken nobody.
    const { state: latest } = await commands.load(configurationDecider, streamName.configuration);
    if (latest.version === version) return false;
  }
};
