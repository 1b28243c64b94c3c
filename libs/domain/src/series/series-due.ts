import type { Due } from '../decider.js';
import { erasureDue, lookAtRetention } from '../retention/retention-due.js';
import { releasedUntil, quietUntil } from './complete-series.js';
import { countExpired } from './living-objects.js';
import type { KnownSeries, SeriesState } from './series-state.js';

/** Queue of the timers that ask whether a series is complete. */
export const seriesQuietQueue = 'series-quiet';

/**
 * When somebody has to look whether a series is complete, and once it is, how long it is kept. The first timer is set once a round begins and moved only when it goes
 * off: no write per object. While objects are in a spool there is nothing to look at: the event that says that the last one
 * left it sets the timer.
 */
export const seriesDue = (state: SeriesState): Due | undefined => {
  if (state.status === 'complete') return dueWhenComplete(state);
  if (state.status !== 'receiving' || state.spooled > 0) return undefined;
  const { quietPeriodMs, receivingSince, lastReceivedAt, expectedSince, release } = state;
  if (expectedSince !== undefined) return { queue: seriesQuietQueue, since: expectedSince, afterMs: 0 };
  const [released, quiet] = [releasedUntil(state), quietUntil(state)];
  if (release !== undefined && released !== undefined)
    // Where the series was looked at in vain when its shortest quiet period was over, nobody looks then again.
    return released < quiet || quiet <= release.at
      ? { queue: seriesQuietQueue, since: release.at, afterMs: release.afterMs }
      : { queue: seriesQuietQueue, since: lastReceivedAt, afterMs: quietPeriodMs };
  return {
    queue: seriesQuietQueue,
    since: receivingSince,
    afterMs: state.reopenedBy !== undefined ? 0 : quietPeriodMs,
  };
};

/** What was let go is to be erased; then it is to be looked how long the rest is kept, and so where a hold has ended. */
const dueWhenComplete = (state: KnownSeries): Due | undefined =>
  erasureDue(state.expiries) ?? (state.wasHeld || state.expiries.length > 0 ? retentionDueOfSeries(state) : undefined);

/**
 * When it is to be looked how long a series is kept, where the configuration lets anything go; undefined before all of it is
 * decided. The state by itself asks for it only where objects were held or let go already.
 */
export const retentionDueOfSeries = (state: SeriesState): Due | undefined => {
  if (state.status !== 'complete') return undefined;
  const { settledAt, hold, decisions, completions } = state;
  const isDecided = decisions.some(({ revision }) => revision === completions.at(-1)?.revision);
  if (
    settledAt === undefined ||
    hold !== undefined ||
    !isDecided ||
    countExpired(state) === state.instances.size + state.conflicts.size
  )
    return undefined;
  return lookAtRetention(settledAt);
};
