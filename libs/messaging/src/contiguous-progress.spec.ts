import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContiguousProgress } from './contiguous-progress.js';

describe('the progress of a consumer', () => {
  it('is the last position that has nothing unfinished at or before it', () => {
    const heard = fc.array(fc.boolean(), { maxLength: 50 });
    fc.assert(
      fc.property(heard, fc.nat(1000), fc.infiniteStream(fc.nat()), (interested, start, choices) => {
        const progress = new ContiguousProgress(start);
        const unfinished: number[] = [];
        interested.forEach((hears, index) => {
          const position = start + 1 + index;
          if (hears) {
            progress.begin(position);
            unfinished.push(position);
          } else progress.skip(position);
        });
        for (;;) {
          const lowest = Math.min(...unfinished, start + interested.length + 1);
          expect(progress.through).toBe(lowest - 1);
          expect(progress.unfinished).toBe(unfinished.length);
          const choice = choices.next().value ?? 0;
          const [finished] = unfinished.splice(choice % (unfinished.length || 1), 1);
          if (finished === undefined) break;
          progress.finish(finished);
        }
        expect(progress.through).toBe(progress.read);
      }),
    );
  });
});
