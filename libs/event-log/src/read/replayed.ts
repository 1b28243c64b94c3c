import type { EventMetadata, RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { toRecordedEvent, type StoredEvent } from './stored-event.js';

/** Metadata texts that are remembered: whatever one association or command caused has the same. */
const REMEMBERED = 256;

/**
 * Reads what the texts of stored events say. Events with the same metadata share one object.
 * @throws log.hole where a position is missing
 */
export async function* replayed(
  pages: AsyncIterable<readonly StoredEvent[]>,
  after: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  const known = new Map<string, EventMetadata>();
  let reached = after;
  for await (const page of pages) {
    const events: RecordedEvent[] = [];
    for (const stored of page) {
      if (stored.position !== reached + 1) {
        throw new CodedError('log.hole', `position ${reached + 1} is missing from the log`);
      }
      reached = stored.position;
      const event = toRecordedEvent(stored, known.get(stored.metadata));
      if (known.size >= REMEMBERED) known.clear();
      known.set(stored.metadata, event.metadata);
      events.push(event);
    }
    yield events;
  }
}
