import { expect, it } from 'vitest';
import { plural } from './plural.js';

it.each([
  [0, '0 objects'],
  [1, '1 object'],
  [2, '2 objects'],
])('%d of them are %j', (count, words) => {
  expect(plural(count, 'object')).toBe(words);
});
