import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyedHash } from './keyed-hash.js';

it('a keyed hash is what node:crypto says it is, for keys of any length', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string(), (key, text) => {
      expect(keyedHash(key, text).equals(createHmac('sha256', key).update(text).digest())).toBe(true);
    }),
  );
});
