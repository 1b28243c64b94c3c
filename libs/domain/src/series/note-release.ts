import { SeriesSenderReleased } from '@waystation/events';
import type { NoteRelease } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import type { SeriesState } from './series-state.js';

/** Noted once, and only of an association that brought objects of the round of arrivals that is under way. */
export const noteRelease = (
  state: SeriesState,
  { association, afterReleaseMs, lost }: NoteRelease,
): readonly SeriesEvent[] =>
  state.status === 'receiving' && state.associations.get(association) === 'open'
    ? [SeriesSenderReleased.of({ association, afterReleaseMs, ...(lost === undefined ? {} : { lost }) })]
    : [];
