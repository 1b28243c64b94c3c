import { JobHeld, JobReleased } from '@waystation/events';
import { CodedError, type Instant } from '@waystation/kernel';
import { isOffPeak, nextOffPeakStart } from '../schedule/off-peak.js';
import type { ReleaseJob, ReviewHours } from './job-command.js';
import type { JobEvent } from './job-event.js';
import type { KnownJob } from './job-state.js';

/** Whether a job that waits may begin now: it is held, held until another time, released, or as before. */
export const reviewHours = (state: KnownJob, command: ReviewHours): readonly JobEvent[] => {
  if (state.status !== 'waiting') return [];
  const { configurationVersion } = command;
  const until = waitsUntil(state, command);
  if (until === undefined) return state.hold ? [JobReleased.of({ by: 'schedule', configurationVersion })] : [];
  return state.hold?.until === until ? [] : [JobHeld.of({ reason: 'off-peak', until, configurationVersion })];
};

/** What was begun is finished: only the first step of a rule waits for its hours. */
const waitsUntil = ({ request, releasedByOperator }: KnownJob, { now, offPeak }: ReviewHours): Instant | undefined =>
  request.priority !== 'off-peak' || request.step > 0 || releasedByOperator || isOffPeak(now, offPeak)
    ? undefined
    : nextOffPeakStart(now, offPeak);

/** An operator wants a job done now, at whatever hour. */
export const releaseJob = (state: KnownJob, { note }: ReleaseJob): readonly JobEvent[] => {
  if (state.status === 'waiting') return [JobReleased.of({ by: 'operator', note })];
  throw new CodedError(
    'job.not-releasable',
    `job ${state.request.job} is ${state.status}; only one that is held or waits can be released`,
  );
};
