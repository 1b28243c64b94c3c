import { expect, it } from 'vitest';
import { trimText } from './trim-text.js';

it('takes padding off the end', () => {
  expect(trimText('Doe^Jane ', 'PN')).toBe('Doe^Jane');
  expect(trimText('1.2.3\0', 'UI')).toBe('1.2.3');
  expect(trimText('   ', 'LO')).toBe('');
});

it('takes spaces off the front only where they mean nothing', () => {
  expect(trimText(' 5.0', 'DS')).toBe('5.0');
  expect(trimText(' free text', 'LT')).toBe(' free text');
});

it('takes padding off each of several values', () => {
  expect(trimText('ORIGINAL \\ PRIMARY', 'CS')).toBe('ORIGINAL\\PRIMARY');
  expect(trimText('Doe^Jane \\Roe^Richard ', 'PN')).toBe('Doe^Jane \\Roe^Richard');
});

it('leaves no NUL in the middle', () => {
  expect(trimText('a\0b\0', 'LO')).toBe('a b');
});
