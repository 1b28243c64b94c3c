import { unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { expireObjectsOf, holdObjects, noteErased, releaseObjects } from '../retention/expire-objects.js';
import { completeNow, completeSeries } from './complete-series.js';
import { evolveSeries } from './evolve-series.js';
import { moveObjects } from './move-objects.js';
import { noteRelease } from './note-release.js';
import { reopenSeries } from './reopen-series.js';
import { routeSeries } from './route-series.js';
import type { SeriesCommand } from './series-command.js';
import { seriesDue } from './series-due.js';
import type { SeriesEvent } from './series-event.js';
import { unknownSeries, type SeriesState } from './series-state.js';
import { storeInstance } from './store-instance.js';

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
      case 'note-release':
        return noteRelease(state, command);
      case 'complete-now':
        return completeNow(state, command);
      case 'reopen-series':
        return reopenSeries(state, command);
      case 'route-series':
        return routeSeries(state, command);
      case 'expire-objects':
        return expireObjectsOf(state, command);
      case 'note-erased':
        return noteErased(state, command);
      case 'hold-objects':
        return holdObjects(state, command);
      case 'release-objects':
        return releaseObjects(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveSeries,
  due: seriesDue,
};
