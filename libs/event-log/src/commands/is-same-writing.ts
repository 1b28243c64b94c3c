import type { RecordedEvent } from '@waystation/events';
import type { AppendUnit } from '../append/append-unit.js';

/**
 * Whether events of a stream are what a unit whose outcome is unknown would have written there: same types, time, data
 * and metadata, byte by byte.
 */
export const isSameWriting = (unit: AppendUnit, stream: string, events: readonly RecordedEvent[]): boolean => {
  const meant = unit.parts
    .filter((part) => part.stream === stream)
    .flatMap((part) => part.events.map((event) => ({ event, metadata: part.metadata ?? unit.metadata })));
  return meant.every(({ event, metadata }, index) => {
    const found = events[index];
    return (
      found !== undefined &&
      found.type === event.type &&
      found.time === unit.time &&
      JSON.stringify(found.data) === JSON.stringify(event.data) &&
      JSON.stringify(found.metadata) === JSON.stringify(metadata)
    );
  });
};
