import { describe, expect, it } from 'vitest';
import { textElement } from '../data-set/value-of.js';
import { TokenCollector } from './identity-tokens.js';
import { matcherOf } from './token-matcher.js';

const collector = new TokenCollector();
collector.add([
  textElement(0x00100010, 'PN', 'Doe^Jane Ann'),
  textElement(0x00100020, 'LO', 'HX-04711-77'),
  textElement(0x00100030, 'DA', '19700512'),
]);
const matcher = matcherOf(collector.tokens());

describe('who is named in a data set', () => {
  it.each([
    'JANE was here',
    'Doe, J.',
    'knee_DOE_2',
    'DoeJane Ann',
    'JaneAnnDoe of Jane Ann Doe',
    'no. hx0471177',
    'hx-04711-77b',
    'born 12.5.1970',
    'born 12/05/70',
    'born May 12, 1970',
    '*19700512',
    '1970年5月12日',
  ])('is found in %j', (text) => {
    expect(matcher.isIn(text)).toBe(true);
  });

  it.each(['DOES NOT MATTER', 'adoerna', 'janet', 'HX', '4711', '12 slices', 'May', '1970'])(
    'is not found in %j',
    (text) => {
      expect(matcher.isIn(text)).toBe(false);
    },
  );

  it('is found in bytes of several encodings', () => {
    for (const encoding of ['utf8', 'utf16le', 'latin1'] as const) {
      expect(matcher.isInBytes(Buffer.from('xxHX-04711-77xx', encoding))).toBe(true);
    }
    expect(matcher.isInBytes(Buffer.from('xxHX-04711-77xx', 'utf16le').swap16())).toBe(true);
    expect(matcher.isInBytes(Buffer.from('nobody at all'))).toBe(false);
  });

  it('is refused where it is more than can be looked for', () => {
    const long = new TokenCollector(['x'.repeat(5000)]);
    expect(() => long.tokens()).toThrow(/5000|2048/);
    const many = new TokenCollector(Array.from({ length: 3000 }, (_, index) => `number${index}`));
    expect(() => many.tokens()).toThrow(
      expect.objectContaining({ code: 'deidentification.identity-too-large' }) as Error,
    );
  });
});
