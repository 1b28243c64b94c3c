import { trimAeTitle, type Instant } from '@waystation/kernel';
import type { KnownJob } from '../job/job-state.js';
import { livingObjects } from '../series/living-objects.js';
import type { KnownSeries } from '../series/series-state.js';
import type { ExpireJob, ExpireObjects } from './expiry-command.js';
import type { EndedFate, Fate, UnreadFate } from './fate.js';
import { fateOfJob } from './fate-of-job.js';
import { fateOfSeries } from './fate-of-series.js';
import { keptUntil, type KeptUntil } from './kept-until.js';

/** What is to be expected of objects that are kept. */
export type RetentionOutlook =
  | UnreadFate
  /** Nothing is left that could be let go. */
  | { readonly what: 'gone' }
  /** Whatever the configuration says, they stay for now. */
  | { readonly what: 'stays'; readonly because: string }
  /** They are kept until then, or for ever. */
  | { readonly what: 'kept'; readonly fate: EndedFate; readonly kept: KeptUntil }
  /** They are kept no longer. */
  | { readonly what: 'expires'; readonly fate: EndedFate; readonly kept: KeptUntil; readonly days: number };

/** What is to be expected of the objects of a series. */
export const outlookOfSeries = (
  series: KnownSeries,
  { now, configuration, followed }: Omit<ExpireObjects, 'kind'>,
): RetentionOutlook => {
  if (livingObjects(series).length === 0) return { what: 'gone' };
  if (series.hold !== undefined)
    return { what: 'stays', because: `held by ${series.hold.author}: ${series.hold.reason}` };
  if (series.spooled > 0) return { what: 'stays', because: 'objects of it are in a spool' };
  return outlook(fateOfSeries(series, followed), now, (fate) =>
    keptUntil(configuration.document, fate, calledTitleOf(series)),
  );
};

/** What is to be expected of what a job made. */
export const outlookOfJob = (
  job: KnownJob,
  { now, configuration, followed, calledAeTitle, isHeld }: Omit<ExpireJob, 'kind'>,
): RetentionOutlook => {
  if (job.attempt <= (job.expiry?.attempt ?? 0)) return { what: 'gone' };
  if (isHeld) return { what: 'stays', because: 'the objects that it is about are held' };
  return outlook(fateOfJob(job, followed), now, (fate) => keptUntil(configuration.document, fate, calledAeTitle));
};

/** The title of ours that a series was sent to. */
export const calledTitleOf = ({ header, source }: KnownSeries): string =>
  trimAeTitle(header['ReceiverAET'] ?? source.calledAeTitle);

const outlook = (fate: Fate, now: Instant, keep: (fate: EndedFate) => KeptUntil): RetentionOutlook => {
  if (fate.what === 'unread') return fate;
  if (fate.what === 'open') return { what: 'stays', because: fate.because };
  const kept = keep(fate);
  const { until, days } = kept;
  return until === undefined || days === undefined || now < until
    ? { what: 'kept', fate, kept }
    : { what: 'expires', fate, kept, days };
};
