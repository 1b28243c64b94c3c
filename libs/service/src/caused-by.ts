import type { EventMetadata, RecordedEvent } from '@waystation/events';

/** Metadata of what follows from an event: it keeps the correlation and names the cause. */
export const causedBy = (event: RecordedEvent): EventMetadata => ({
  correlationid: event.metadata.correlationid ?? event.stream,
  causationid: event.position,
  ...(event.metadata.traceparent === undefined ? {} : { traceparent: event.metadata.traceparent }),
});
