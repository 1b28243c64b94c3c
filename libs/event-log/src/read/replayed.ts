import type { RecordedEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { EventTexts } from './event-texts.js';
import type { StoredEvent } from './stored-event.js';

/**
 * Reads what the texts of stored events say.
 * @throws log.hole where a position is missing
 */
export async function* replayed(
  pages: AsyncIterable<readonly StoredEvent[]>,
  after: number,
): AsyncGenerator<readonly RecordedEvent[]> {
  const texts = new EventTexts();
  let reached = after;
  for await (const page of pages) {
    const events: RecordedEvent[] = [];
    for (const stored of page) {
      if (stored.position !== reached + 1) {
        throw new CodedError('log.hole', `position ${reached + 1} is missing from the log`);
      }
      reached = stored.position;
      events.push(texts.read(stored));
    }
    yield events;
  }
}
