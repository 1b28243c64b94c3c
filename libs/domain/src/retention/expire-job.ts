import { JobErased, JobExpired } from '@waystation/events';
import type { JobEvent } from '../job/job-event.js';
import type { KnownJob } from '../job/job-state.js';
import type { ExpireJob, NoteErased } from './expiry-command.js';
import { outlookOfJob } from './outlook.js';

/** Lets go what a job made where it is kept no longer: objects, files, results and logs of all attempts until then. */
export const expireJob = (state: KnownJob, command: ExpireJob): readonly JobEvent[] => {
  const outlook = outlookOfJob(state, command);
  if (outlook.what !== 'expires') return [];
  const { fate, kept, days } = outlook;
  const { version, sha256 } = command.configuration;
  const first = (state.expiry?.attempt ?? 0) + 1;
  const attempts = Array.from({ length: state.attempt - first + 1 }, (_, index) => first + index);
  return [
    JobExpired.of({
      ...(kept.policy === undefined ? {} : { policy: kept.policy }),
      configuration: { version, sha256 },
      ended: fate.ended,
      endedAt: fate.endedAt,
      keptDays: days,
      because: kept.because,
      attempt: state.attempt,
      prefixes: attempts.map((attempt) => derivedPrefix(state.request.job, attempt)),
      instances: [...state.derived.values()].filter(({ attempt }) => attempt >= first).length,
    }),
  ];
};

/** Where all lies that an attempt made. */
export const derivedPrefix = (job: string, attempt: number): string => `derived/${job}/${attempt}/`;

/** It is gone; said once. */
export const noteJobErased = (state: KnownJob, { kind: _kind, ...erasure }: NoteErased): readonly JobEvent[] =>
  state.expiry?.position === erasure.expired && !state.expiry.erased ? [JobErased.of(erasure)] : [];
