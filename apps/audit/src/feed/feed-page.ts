import type { RecordedEvent } from '@waystation/events';
import type { Piece } from './event-feed.js';

/** A page that finds little is answered after so many positions; the next one goes on from there. */
const LOOKED_THROUGH = 50_000;

/** Some events, and the position behind which those follow that fit as well. */
export interface FeedPage {
  readonly events: readonly RecordedEvent[];
  readonly next: number;
}

/** Takes so many events out of a feed. */
export const feedPage = async (pieces: AsyncIterable<Piece>, after: number, limit: number): Promise<FeedPage> => {
  const events: RecordedEvent[] = [];
  let next = after;
  for await (const piece of pieces) {
    const room = limit - events.length;
    events.push(...piece.events.slice(0, room));
    if (piece.events.length > room) return { events, next: events.at(-1)?.position ?? after };
    next = piece.through;
    if (events.length === limit || next - after >= LOOKED_THROUGH) break;
  }
  return { events, next };
};
