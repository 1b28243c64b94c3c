import type { Instant } from '@waystation/kernel';
import type { NewEvent } from './define-event.js';

/** Who made it happen: a peer on the network, a person, or one of the services. */
export interface Actor {
  readonly kind: 'peer' | 'user' | 'service';
  /** AE title, user name or service name. */
  readonly name: string;
  /** Network address of a peer. */
  readonly address?: string;
}

/** What is known about an event besides what happened. Stored as exact bytes beside the data. */
export interface EventMetadata {
  /** Groups everything that one cause set in motion: the stream that it began in. */
  readonly correlationid?: string;
  /** Position of the event that caused this one. */
  readonly causationid?: number;
  readonly actor?: Actor;
  /** W3C trace context. */
  readonly traceparent?: string;
}

/** An event as the log holds it. */
export interface RecordedEvent<Event extends NewEvent = NewEvent> {
  readonly type: Event['type'];
  readonly data: Event['data'];
  /** Place in the whole log: 1, 2, 3, … without holes, in commit order. CloudEvents `id`. */
  readonly position: number;
  /** `series/<SeriesInstanceUID>` and the like. CloudEvents `subject`. */
  readonly stream: string;
  /** Place in its stream: 1, 2, 3, … CloudEvents extension `sequence`. */
  readonly sequence: number;
  /** When the producer says it happened. */
  readonly time: Instant;
  /** When the database wrote it; never decreases with position. */
  readonly recordedtime: Instant;
  readonly metadata: EventMetadata;
}

/** Distributes {@link RecordedEvent} over a union of events, so that a switch on `type` narrows `data`. */
export type Recorded<Event extends NewEvent> = Event extends NewEvent ? RecordedEvent<Event> : never;
