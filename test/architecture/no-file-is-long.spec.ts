import { expect, it } from 'vitest';
import { projects, sourcesOf } from './workspace.js';

const longest = 250;
/** A table of the standard is as long as the standard; it says so in its first line. */
const isTable = (text: string) => /^\/[/*] *oxlint-disable max-lines\b.*\btable\b/.test(text);
const linesOf = (text: string) => text.trimEnd().split('\n').length;

it('no file is longer than can be read at one sitting, tables of the standard apart', () => {
  const long = projects
    .flatMap(sourcesOf)
    .filter(({ text }) => linesOf(text) > longest && !isTable(text))
    .map(({ path, text }) => `${path}: ${linesOf(text)} lines`);
  expect(long).toEqual([]);
});
