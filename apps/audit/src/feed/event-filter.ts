import { isStreamLike, isTypeLike, type RecordedEvent } from '@waystation/events';

/** What a consumer wants to hear of: all that is told has to fit; an empty list or text is about everything. */
export interface EventFilter {
  /** Patterns, one of which the type has to be like. */
  readonly types: readonly string[];
  /** Patterns, one of which the stream has to be like. */
  readonly streams: readonly string[];
  /** Study Instance UID: the study itself, its series and their deliveries. */
  readonly study: string;
}

/** Whether type and stream of an event fit; which study it belongs to cannot be seen from the event alone. */
export const fits = ({ type, stream }: RecordedEvent, { types, streams }: Omit<EventFilter, 'study'>): boolean =>
  (types.length === 0 || types.some((pattern) => isTypeLike(type, pattern))) &&
  (streams.length === 0 || streams.some((pattern) => isStreamLike(stream, pattern)));

/** The streams a filter is about, where it names each of them. */
export const namedStreams = ({ streams }: EventFilter): readonly string[] | undefined =>
  streams.length > 0 && streams.every((pattern) => !pattern.endsWith('*')) ? streams : undefined;
