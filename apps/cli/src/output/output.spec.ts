import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Output } from './output.js';

const said = (json: boolean, rows: readonly string[], most?: number): string => {
  const out = new PassThrough();
  new Output(json, out).list(rows, { NAME: (row) => row }, 'no names', most);
  return String(out.read());
};

it('a list says that it is cut, and only then', () => {
  expect(said(false, ['a', 'b', 'c'], 2)).toBe('NAME\na\nb\n… and more: --limit shows more than these\n');
  expect(said(false, ['a', 'b'], 2)).toBe('NAME\na\nb\n');
  expect(said(false, ['a', 'b'])).toBe('NAME\na\nb\n');
  expect(said(false, [], 2)).toBe('no names\n');
});

it('a list for programs is as long as they asked for', () => {
  expect(JSON.parse(said(true, ['a', 'b', 'c'], 2))).toEqual(['a', 'b']);
});
