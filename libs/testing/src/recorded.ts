import { definitionOf, type EventMetadata, type NewEvent, type Recorded } from '@waystation/events';
import { instantAfter, type Instant } from '@waystation/kernel';

/** When recorded events of a test begin. */
const beginning: Instant = '2026-01-01T00:00:00.000Z';

/** Where and when an event was written; whatever is left out follows from the sequence. */
export interface Place {
  readonly stream?: string;
  /** 1 where nothing is said. */
  readonly sequence?: number;
  /** As the sequence where nothing is said. */
  readonly position?: number;
  readonly recordedtime?: Instant;
  /** As the recorded time where nothing is said. */
  readonly time?: Instant;
  readonly metadata?: EventMetadata;
}

/** An event as the log would hold it: number n of its stream was written n - 1 seconds after 2026 began. */
export const recorded = <Event extends NewEvent>(event: Event, place: Place = {}): Recorded<Event> => {
  const sequence = place.sequence ?? 1;
  const recordedtime = place.recordedtime ?? instantAfter(beginning, (sequence - 1) * 1000);
  return {
    type: event.type,
    data: event.data,
    position: place.position ?? sequence,
    stream: place.stream ?? `${definitionOf(event.type)?.stream ?? 'unknown'}/1`,
    sequence,
    time: place.time ?? recordedtime,
    recordedtime,
    metadata: place.metadata ?? {},
  } as unknown as Recorded<Event>;
};

/**
 * Events of one stream, numbered without a hole. One that is recorded already keeps its place, and those behind it
 * continue from there, a second later each.
 */
export const recordedInOrder = <Event extends NewEvent>(
  events: readonly (Event | Recorded<Event>)[],
): readonly Recorded<Event>[] => {
  const history: Recorded<Event>[] = [];
  for (const event of events) history.push('sequence' in event ? event : recorded(event, placeAfter(history.at(-1))));
  return history;
};

const placeAfter = (last: Recorded<NewEvent> | undefined): Place =>
  last === undefined
    ? {}
    : {
        stream: last.stream,
        sequence: last.sequence + 1,
        position: last.position + 1,
        recordedtime: instantAfter(last.recordedtime, 1000),
      };
