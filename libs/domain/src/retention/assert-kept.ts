import type { InstanceRange } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { KnownJob } from '../job/job-state.js';
import type { KnownSeries, SeriesExpiry } from '../series/series-state.js';
import { tellExpiry } from './expiry.js';

/**
 * Makes sure that everything that was asked for is kept to this day.
 * @throws CodedError `series.objects-expired`, naming the event and the policy
 */
export const assertKept = (
  series: KnownSeries,
  { afterSequence, throughSequence, count, sopInstanceUids }: InstanceRange,
): void => {
  const last = series.expiries.at(-1);
  if (last === undefined) return;
  const chosen = sopInstanceUids && new Set(sopInstanceUids);
  const wanted = [...series.instances.values()].filter(
    ({ sequence, sopInstanceUid }) =>
      sequence > afterSequence && sequence <= throughSequence && (chosen?.has(sopInstanceUid) ?? true),
  );
  const expiredBy = wanted.find((instance) => instance.expiredBy !== undefined)?.expiredBy;
  // One that came again since has a place of its own behind the range.
  if (expiredBy === undefined && wanted.length >= count) return;
  throw expiredError(series, series.expiries.find(({ position }) => position === expiredBy) ?? last);
};

/** Makes sure that anything of a series is left that could be decided about. @throws CodedError `series.objects-expired` */
export const assertSomethingKept = (series: KnownSeries): void => {
  const last = series.expiries.at(-1);
  if (last === undefined) return;
  for (const { expiredBy } of series.instances.values()) if (expiredBy === undefined) return;
  throw expiredError(series, last);
};

const expiredError = ({ seriesInstanceUid }: KnownSeries, expiry: SeriesExpiry): CodedError =>
  new CodedError(
    'series.objects-expired',
    `objects of series ${seriesInstanceUid} ${tellExpiry(expiry)}; send them again`,
    {
      details: { position: expiry.position, policy: expiry.policy ?? null, retryable: false },
    },
  );

/**
 * Makes sure that what an attempt of a job made is kept to this day.
 * @throws CodedError `job.objects-expired`, naming the event and the policy
 */
export const assertOutputKept = ({ request, expiry }: KnownJob, attempt: number): void => {
  if (expiry === undefined || attempt > expiry.attempt) return;
  const { position, at, because } = expiry;
  const sentence = `what job ${request.job} made expired at ${at} (job.expired at position ${position}): ${because}; restart the job`;
  throw new CodedError('job.objects-expired', sentence, {
    details: { position, policy: expiry.policy ?? null, retryable: false },
  });
};
