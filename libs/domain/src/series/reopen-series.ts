import { SeriesReopened } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { assertSomethingKept } from '../retention/assert-kept.js';
import type { ReopenSeries } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import type { SeriesState } from './series-state.js';

/**
 * All of the series is decided again at its next completion. Where it is reopened already, nothing happens.
 * @throws CodedError `series.unknown`, `series.objects-expired`
 */
export const reopenSeries = (state: SeriesState, { reason }: ReopenSeries): readonly SeriesEvent[] => {
  if (state.status === 'unknown') throw new CodedError('series.unknown', 'no object of this series was ever received');
  assertSomethingKept(state);
  return state.reopenedBy !== undefined ? [] : [SeriesReopened.of({ reason })];
};
