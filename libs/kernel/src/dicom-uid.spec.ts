import { describe, expect, it } from 'vitest';
import { isDicomUid, trimDicomUid } from './dicom-uid.js';

describe('isDicomUid', () => {
  it.each(['1.2.840.10008.1.2', '0', '2.25.329800735698586629295641978511506172918', `1.${'2'.repeat(62)}`])(
    'takes %s',
    (text) => {
      expect(isDicomUid(text)).toBe(true);
    },
  );

  it('tolerates leading zeros, which real scanners send', () => {
    expect(isDicomUid('1.02.003')).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['65 characters', `1.${'2'.repeat(63)}`],
    ['an empty component', '1..2'],
    ['a dot in front', '.1.2'],
    ['a dot behind', '1.2.'],
    ['letters', '1.2.A'],
    ['padding', '1.2 '],
    ['a line end', '1.2\n'],
    ['several values', '1.2\\1.3'],
    ['what would leave a folder', '../../etc'],
  ])('refuses %s', (_what, text) => {
    expect(isDicomUid(text)).toBe(false);
  });
});

describe('trimDicomUid', () => {
  it.each(['1.2.3\0', '1.2.3 ', ' 1.2.3', '1.2.3\0 \0'])('takes the padding off %j', (text) => {
    expect(trimDicomUid(text)).toBe('1.2.3');
  });

  it('takes nothing out of the middle', () => {
    expect(trimDicomUid('1.2 3')).toBe('1.2 3');
  });
});
