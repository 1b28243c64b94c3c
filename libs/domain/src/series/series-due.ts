import type { Due } from '../decider.js';
import { releasedUntil, quietUntil } from './complete-series.js';
import type { SeriesState } from './series-state.js';

/** Queue of the timers that ask whether a series is complete. */
export const seriesQuietQueue = 'series-quiet';

/**
 * When somebody has to look whether a series is complete. The timer is set once a round begins and moved only when it goes
 * off: no write per object. While objects are in a spool there is nothing to look at: the event that says that the last one
 * left it sets the timer.
 */
export const seriesDue = (state: SeriesState): Due | undefined => {
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
