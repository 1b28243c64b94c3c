import { describe, expect, it } from 'vitest';
import { isAeTitle, trimAeTitle } from './ae-title.js';

describe('isAeTitle', () => {
  it.each(['A', 'WAYSTATION', 'CT 1', '~!"#$%&', '1234567890123456', ' PADDED '])('takes %j', (text) => {
    expect(isAeTitle(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['only spaces', '   '],
    ['17 characters', '12345678901234567'],
    ['a backslash, which separates values', 'A\\B'],
    ['a control character', 'A\nB'],
    ['a line end behind the title', 'ABC\n'],
    ['a letter beyond ASCII', 'RÖNTGEN'],
  ])('refuses %s', (_what, text) => {
    expect(isAeTitle(text)).toBe(false);
  });
});

describe('trimAeTitle', () => {
  it('drops the spaces and NULs that peers pad a title with', () => {
    expect(trimAeTitle('  CT1   ')).toBe('CT1');
    expect(trimAeTitle('CT1\0\0\0')).toBe('CT1');
  });

  it('keeps spaces inside', () => {
    expect(trimAeTitle('CT 1  ')).toBe('CT 1');
  });
});
