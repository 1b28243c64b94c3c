import { describe, expect, it } from 'vitest';
import { cleanText } from './clean-text.js';
import { TokenMatcher } from './token-matcher.js';

const matcher = new TokenMatcher({
  names: new Set(['vortrud', 'ax', 'quixander^vortrud']),
  identifiers: new Set(['px1234']),
  raw: new Set(),
});

describe('a cleaned text', () => {
  it.each([
    ['MR knee left, T2 axial 3 mm', 'MR knee left, T2 axial 3 mm'],
    ['Vortrud: knee', ': knee'],
    ['KNEE_VORTRUD_2', 'KNEE_ _2'],
    ['axial for Ax today', 'axial for today'],
    ['id px1234b knee', 'id b knee'],
    ['seen by Dr. Somebody today', 'seen by today'],
    ['Mrs Somebody, MR Knee', 'MR Knee'],
    ['call +49 151 234 567 now', 'call now'],
    ['number 12345 here', 'number here'],
    ['born 1.2.70, knee', 'born knee'],
    ['on 12 May 1970 seen', 'on seen'],
    ['on May 12, 1970 seen', 'on seen'],
    ['on 1-May-70 seen', 'on seen'],
    ['may be 3 mm', 'may be 3 mm'],
    ['mail a@b.org please', 'mail please'],
    ['TR 500 TE 20', 'TR 500 TE 20'],
    ['one\ttwo\nthree', 'one two\nthree'],
  ])('of %j is %j', (text, cleaned) => {
    expect(cleanText(text, matcher)).toBe(cleaned);
  });

  it('is soon there for a megabyte that has no spaces, or nothing but spaces and digits', () => {
    for (const part of ['a', '1', ' ', '1 ', '1-', 'a@', '. ']) {
      expect(cleanText(part.repeat(2 ** 20 / part.length), matcher).length).toBeLessThanOrEqual(2 ** 20);
    }
  }, 60_000);
});
