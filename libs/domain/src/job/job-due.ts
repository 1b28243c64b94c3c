import { streamName, type JobRequested } from '@waystation/events';
import type { Due } from '../decider.js';
import { erasureDue, lookAtRetention } from '../retention/retention-due.js';
import type { JobState } from './job-state.js';

/**
 * The queue of the jobs that one kind of worker takes.
 * @param module what the app calls itself, or the name of a module that is a container
 */
export const jobQueueOf = (module: string): string => `module.${module}`;

/** The timer that a job is requested with. */
export const timerOfJob = ({ module, app, priority }: JobRequested['data']): Omit<Due, 'since'> => ({
  queue: jobQueueOf(app ?? module),
  afterMs: 0,
  ...(priority === 'urgent' ? { urgent: true } : {}),
});

/** What a job has to be looked at for: a worker takes it; what was let go is to be erased. */
export const dueOfJob = (state: JobState): Due | undefined => {
  if (state.status === 'unknown') return undefined;
  if (state.status === 'waiting' || state.status === 'running')
    return {
      ...timerOfJob(state.request),
      since: state.waitingSince,
      afterMs: state.delayMs,
      // Other hours may come with another configuration.
      ...(state.hold === undefined ? {} : { waitsFor: streamName.configuration }),
    };
  const { expiry, status } = state;
  const erasure = erasureDue(expiry === undefined ? [] : [expiry]);
  // Nothing is decided about a job that was cancelled: nobody would look at it otherwise.
  return erasure ?? (status === 'cancelled' || expiry !== undefined ? retentionDueOfJob(state) : undefined);
};

/** When it is to be looked how long it is kept what a job made that is over, where the configuration lets anything go. */
export const retentionDueOfJob = (state: JobState): Due | undefined => {
  if (state.status === 'unknown' || state.endedAt === undefined) return undefined;
  return state.attempt > (state.expiry?.attempt ?? 0) ? lookAtRetention(state.endedAt) : undefined;
};
