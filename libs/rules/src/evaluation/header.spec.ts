import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Header } from './header.js';

const entries = [
  ['MODALITY', 'CT'],
  ['Modality', 'MR'],
  ['modality', 'US'],
] as const;

it('a name in any case finds itself first, then the first name in alphabetical order', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...entries], { minLength: 3 }), (shuffled) => {
      const header = new Header(Object.fromEntries(shuffled));
      expect(header.valueOf({ name: 'modality', matching: 'any-case' })).toBe('US');
      expect(header.valueOf({ name: 'mOdAlItY', matching: 'any-case' })).toBe('CT');
      expect(header.valueOf({ name: 'mOdAlItY', matching: 'exact' })).toBeUndefined();
    }),
  );
});
