import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownTexts } from './known-texts.js';

it('reads every text, whatever it read before', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constantFrom('a', 'b', 'ab', 'Jörg', ''), fc.string())), (texts) => {
      const known = new KnownTexts();
      for (const text of texts) {
        const bytes = Buffer.from(`.${text}..`);
        expect(known.read(bytes, 1, bytes.length - 2)).toBe(text);
      }
    }),
  );
});
