import { expect, it } from 'vitest';
import { numbersText } from './numbers-text.js';
import type { NumericVr } from './numeric-vrs.js';

it.each<[NumericVr, string, string]>([
  ['US', 'ffff', '65535'],
  ['SS', 'ffff', '-1'],
  ['UL', 'ffffffff', '4294967295'],
  ['SL', 'fffffffe', '-2'],
  ['FL', '3dcccccd', '0.1'],
  ['FL', '4b7fffff', '16777215'],
  ['FL', '7fc00000', 'NaN'],
  ['FD', '3fb999999999999a', '0.1'],
  ['UV', 'ffffffffffffffff', '18446744073709551615'],
  ['SV', 'ffffffffffffffff', '-1'],
  ['AT', '00100020', '00100020'],
])('writes %s %s as %s in either byte order', (vr, hexadecimal, text) => {
  const big = Buffer.from(hexadecimal, 'hex');
  expect(numbersText(big, 0, big.length, vr, true)).toBe(text);
  if (vr === 'AT') return;
  const little = Buffer.from(big).reverse();
  expect(numbersText(little, 0, little.length, vr, false)).toBe(text);
});

it('joins several values by a backslash and leaves out what is no whole value', () => {
  expect(numbersText(Buffer.from([1, 0, 2, 0, 3]), 0, 5, 'US', false)).toBe('1\\2');
  expect(numbersText(Buffer.alloc(0), 0, 0, 'US', false)).toBe('');
});
