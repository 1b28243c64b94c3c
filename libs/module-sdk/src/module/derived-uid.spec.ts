import { isDicomUid } from '@waystation/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { derivedUid } from './derived-uid.js';

it('is a UID whatever it is made of, and always the same one', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
      expect(isDicomUid(derivedUid(...parts))).toBe(true);
      expect(derivedUid(...parts)).toBe(derivedUid(...parts));
    }),
  );
});

it('is another one for other parts, wherever they are cut', () => {
  expect(new Set([['ab', 'c'], ['a', 'bc'], ['abc'], []].map((parts) => derivedUid(...parts))).size).toBe(4);
});
