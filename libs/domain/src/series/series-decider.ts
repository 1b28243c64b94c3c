import { unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { completeSeries } from './complete-series.js';
import { evolveSeries } from './evolve-series.js';
import { moveObjects } from './move-objects.js';
import { routeSeries } from './route-series.js';
import type { SeriesCommand } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import { unknownSeries, type SeriesState } from './series-state.js';
import { storeInstance } from './store-instance.js';

/** Queue of the timers that ask whether a series is complete. */
export const seriesQuietQueue = 'series-quiet';

/** The life of a series: receiving, complete, decided; receiving again when an object comes late. */
export const seriesDecider: Decider<SeriesState, SeriesCommand, SeriesEvent> = {
  initial: unknownSeries,
  decide: (state, command) => {
    switch (command.kind) {
      case 'store-instance':
        return storeInstance(state, command);
      case 'move-objects':
        return moveObjects(state, command);
      case 'complete-series':
        return completeSeries(state, command);
      case 'route-series':
        return routeSeries(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveSeries,
  // The timer is set once a round begins and moved only when it goes off: no write per object. While objects are in a
  // spool there is nothing to look at: the event that says that the last one left it sets the timer.
  due: (state) =>
    state.status === 'receiving' && state.spooled === 0
      ? { queue: seriesQuietQueue, since: state.receivingSince, afterMs: state.quietPeriodMs }
      : undefined,
};
