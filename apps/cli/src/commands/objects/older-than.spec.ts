import { expect, it } from 'vitest';
import { olderThan } from './older-than.js';

it.each([
  ['24h', 24],
  ['7d', 168],
  ['30m', 0.5],
  ['0s', 0],
])('reads %s as %d hours', (text, hours) => {
  expect(olderThan(text)).toBe(hours);
});

it.each(['', '24', 'h', '-1h', '1w', '1.5h'])('refuses %j', (text) => {
  expect(() => olderThan(text)).toThrow('24h');
});
