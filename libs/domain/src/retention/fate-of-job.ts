import type { KnownJob } from '../job/job-state.js';
import type { Fate, Followed } from './fate.js';
import { followUp } from './follow-up.js';

/** What became of a job and of all that followed from it: later steps read what earlier ones made. */
export const fateOfJob = (job: KnownJob, followed: Followed): Fate => {
  const { request } = job;
  const itself = new Map([...followed.jobs, [request.job, job] as const]);
  const result = followUp({ deliveries: [], jobs: [request.job] }, { ...followed, jobs: itself });
  if (result.what !== 'over') return result;
  return {
    what: 'ended',
    ended: result.failed ? 'undelivered' : 'derived',
    endedAt: result.endedAt ?? job.waitingSince,
    rules: request.rule === undefined ? [] : [request.rule],
  };
};
