import { exampleSeries, recorded } from '@waystation/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Piece } from './event-feed.js';
import { feedPage } from './feed-page.js';

const event = (position: number) => recorded(exampleSeries.stored(1), { position, sequence: position });

/** A log of so many events, of which those fit that are listed, looked through in pieces of some size. */
async function* pieces(head: number, fitting: ReadonlySet<number>, size: number, after: number): AsyncGenerator<Piece> {
  for (let from = after; from < head; from += size) {
    const through = Math.min(from + size, head);
    const positions = Array.from({ length: through - from }, (_, index) => from + index + 1);
    yield { events: positions.filter((position) => fitting.has(position)).map(event), through };
  }
}

it('leads through all that fits, once and in order, whatever the size of pages and pieces', async () => {
  const log = fc.record({
    head: fc.nat(80),
    fitting: fc.uniqueArray(fc.integer({ min: 1, max: 80 })),
    limit: fc.integer({ min: 1, max: 20 }),
    size: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(log, async ({ head, fitting, limit, size }) => {
      const seen: number[] = [];
      for (let after = 0; after < head;) {
        const { events, next } = await feedPage(pieces(head, new Set(fitting), size, after), after, limit);
        expect(events.length).toBeLessThanOrEqual(limit);
        expect(next).toBeGreaterThan(after);
        seen.push(...events.map(({ position }) => position));
        after = next;
      }
      expect(seen).toEqual(fitting.filter((position) => position <= head).toSorted((a, b) => a - b));
    }),
  );
});
