import { expect, it } from 'vitest';
import { lostKeys } from './lost-keys.js';

it.each([
  ['{ "a": { "__proto__": 1 } }', [['a', '__proto__']]],
  ['[{}, { "__proto__": { "__proto__": 1 } }]', [[1, '__proto__']]],
  ['{ "a": "__proto__", "proto": [null, "x", 1] }', []],
  ['"__proto__"', []],
])('finds in %s what would be lost', (text, paths) => {
  expect(lostKeys(JSON.parse(text))).toEqual(paths);
});
