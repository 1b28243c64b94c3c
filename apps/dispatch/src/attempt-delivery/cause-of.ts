import { streamName, type DeliveryRequested, type EventMetadata } from '@waystation/events';

/** A delivery's events belong to its series; each names the event that led to it. */
export const causeOf = (
  { seriesInstanceUid }: DeliveryRequested['data'],
  position: number | undefined,
): EventMetadata => ({
  correlationid: streamName.series(seriesInstanceUid),
  ...(position === undefined ? {} : { causationid: position }),
});
