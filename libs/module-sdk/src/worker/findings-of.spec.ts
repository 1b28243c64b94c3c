import { expect, it } from 'vitest';
import { findingsOf } from './findings-of.js';

it('takes what is text, a number or a truth value at the top, as text', () => {
  const result = { text: 'yes', number: 0.5, truth: false, nothing: null, list: [1], nested: { a: 1 } };
  expect(findingsOf(result)).toEqual({ text: 'yes', number: '0.5', truth: 'false' });
});

it('takes them under any name', () => {
  const result = JSON.parse('{ "__proto__": "found", "constructor": 1 }') as Parameters<typeof findingsOf>[0];
  expect(Object.entries(findingsOf(result))).toEqual([
    ['__proto__', 'found'],
    ['constructor', '1'],
  ]);
});

it('takes no more than there is room for', () => {
  expect(findingsOf({ short: 'x', long: 'x'.repeat(5000), late: 1 })).toEqual({ short: 'x', late: '1' });
});
