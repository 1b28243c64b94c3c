import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readMercureJson } from './read-mercure-json.js';

it('reads the numbers that Python writes and JSON has not, and leaves texts alone', () => {
  const text = '\uFEFF{"a": NaN, "b": [-Infinity, Infinity], "NaN": "is NaN, \\"Infinity\\"", "c": "\\\\"}';
  expect(readMercureJson(text)).toEqual({
    a: 'NaN',
    b: ['-Infinity', 'Infinity'],
    NaN: 'is NaN, "Infinity"',
    c: '\\',
  });
});

it('reads whatever JSON writes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value, undefined, 1);
      expect(readMercureJson(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('refuses anything else at once', () => {
  for (const text of [
    '"'.repeat(100_000),
    String.raw`"\"`.repeat(50_000),
    '['.repeat(100_000),
    `{"a":"${'\\'.repeat(99_999)}`,
  ])
    expect(() => readMercureJson(text)).toThrow('this is no JSON');
});
