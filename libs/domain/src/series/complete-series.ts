import { createHash } from 'node:crypto';
import { SeriesCompleted, type CompletionGround } from '@waystation/events';
import { CodedError, instantAfter, type Instant } from '@waystation/kernel';
import type { QuietPeriod } from './quiet-period.js';
import type { CompleteNow, CompleteSeries } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import type { KnownSeries, SeriesState } from './series-state.js';

/**
 * When the series has been quiet long enough if nothing more arrives.
 * @param quietPeriodMs the one that holds; that after which it is asked, where nothing is said
 */
export const quietUntil = (state: KnownSeries, quietPeriodMs: number = state.quietPeriodMs): Instant =>
  instantAfter(state.lastReceivedAt, quietPeriodMs);

/** When the series is complete because all who brought objects of it have gone; undefined as long as one has not. */
export const releasedUntil = ({ release, unreleased }: KnownSeries): Instant | undefined =>
  release === undefined || unreleased > 0 ? undefined : instantAfter(release.at, release.afterMs);

/** When it is time to look whether the series is complete, if nothing more arrives. */
export const nextLookAt = (state: KnownSeries, quietPeriodMs?: number): Instant => {
  const quiet = quietUntil(state, quietPeriodMs);
  const released = releasedUntil(state) ?? quiet;
  return released < quiet ? released : quiet;
};

/** Position of the event that a completion at a moment follows from. */
export const causeOfCompletion = (state: KnownSeries, now: Instant): number => {
  const released = releasedUntil(state);
  if (state.release !== undefined && released !== undefined && now >= released) return state.release.position;
  return Math.max(state.lastArrivalPosition, state.reopenedBy ?? 0);
};

type Reason = Pick<SeriesCompleted['data'], 'trigger' | 'because'>;

/**
 * Complete where as many objects are there as were expected, where all who brought any have gone, or where nothing arrived
 * for the quiet period, and every object is in the object store; otherwise it is too early and nothing happens.
 */
export const completeSeries = (state: SeriesState, command: CompleteSeries): readonly SeriesEvent[] => {
  if (state.status !== 'receiving' || state.spooled > 0) return [];
  const { now, quietPeriod = { ms: state.quietPeriodMs } } = command;
  const reason = reasonToComplete(state, now, quietPeriod);
  return reason === undefined ? [] : [completion(state, quietPeriod.ms, reason)];
};

const reasonToComplete = (state: KnownSeries, now: Instant, quietPeriod: QuietPeriod): Reason | undefined => {
  const { expectedSince, expectedCount, release } = state;
  if (expectedSince !== undefined && expectedCount !== undefined)
    return { trigger: 'expected-count', because: { expectedCount } };
  const released = releasedUntil(state);
  if (release !== undefined && released !== undefined && now >= released)
    return { trigger: 'association-released', because: { afterReleaseMs: release.afterMs } };
  if (now < quietUntil(state, quietPeriod.ms)) return undefined;
  const { ms: _, ...because } = quietPeriod;
  return { trigger: 'quiet', ...(Object.keys(because).length === 0 ? {} : { because }) };
};

/**
 * Complete because somebody says so.
 * @throws CodedError `series.unknown`, `series.nothing-new`, `series.in-spool`
 */
export const completeNow = (state: SeriesState, { reason }: CompleteNow): readonly SeriesEvent[] => {
  if (state.status === 'unknown') throw new CodedError('series.unknown', 'no object of this series was ever received');
  const { seriesInstanceUid, completions, spooled } = state;
  if (state.status === 'complete') {
    const sentence = `nothing of series ${seriesInstanceUid} came since revision ${completions.length}; to decide it again, reopen it`;
    throw new CodedError('series.nothing-new', sentence);
  }
  if (spooled > 0) {
    const sentence = `${spooled} objects of series ${seriesInstanceUid} are in the spool until the object store takes them`;
    throw new CodedError('series.in-spool', sentence);
  }
  const because: CompletionGround = reason === '' ? {} : { reason };
  return [completion(state, state.quietPeriodMs, { trigger: 'manual', because })];
};

const completion = (state: KnownSeries, quietPeriodMs: number, reason: Reason): SeriesCompleted => {
  const last = state.completions.at(-1);
  const { size } = state.instances;
  return SeriesCompleted.of({
    revision: (last?.revision ?? 0) + 1,
    ...reason,
    quietPeriodMs,
    lastReceivedAt: state.lastReceivedAt,
    instances: size,
    newInstances: [...state.instances.values()].filter(({ sequence }) => sequence > (last?.sequence ?? 0)).length,
    ...(state.reopenedBy === undefined ? {} : { whole: true }),
    digest: digestOf(state),
  });
};

const digestOf = (state: KnownSeries): string => {
  const hash = createHash('sha256');
  const instances = [...state.instances.values()].sort((a, b) => (a.sopInstanceUid < b.sopInstanceUid ? -1 : 1));
  for (const { sopInstanceUid, object } of instances) hash.update(`${sopInstanceUid} ${object.sha256}\n`);
  return hash.digest('hex');
};
