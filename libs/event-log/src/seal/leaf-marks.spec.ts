import { expect, it } from 'vitest';
import { fitsMark, leafMarks } from './leaf-marks.js';

const leaves = ['a1b2c3', 'd4e5f6', '000102'].map((hex) => Buffer.from(hex, 'hex'));
const [a, b] = leaves as [Buffer, Buffer];

it('tells a leaf from another that took its place', () => {
  const marks = Buffer.from(leafMarks(leaves), 'base64');
  expect(marks.toString('hex')).toBe('a1b2d4e50001');
  expect(leaves.every((leaf, place) => fitsMark(leaf, marks, place))).toBe(true);
  expect(fitsMark(b, marks, 0)).toBe(false);
  expect(fitsMark(a, marks, 1)).toBe(false);
});

it('says nothing about a place without a mark', () => {
  expect(fitsMark(a, Buffer.alloc(0), 0)).toBe(true);
  expect(fitsMark(a, Buffer.alloc(2), 7)).toBe(true);
});
