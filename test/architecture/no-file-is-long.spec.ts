import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, projects, root, sourcesOf } from './workspace.js';

const longest = 250;
/** A table of the standard is as long as the standard; it says so in its first line. */
const isTable = (text: string) => /^\/[/*] *oxlint-disable max-lines\b.*\btable\b/.test(text);

/** Lines as lint counts them: without those that are blank or only comment. */
const linesOf = (text: string): number => {
  let inComment = false;
  return text.split('\n').filter((line) => {
    const start = line.trim();
    inComment ||= start.startsWith('/*');
    if (!inComment) return start !== '' && !start.startsWith('//');
    const behind = start.split('*/')[1];
    inComment = behind === undefined;
    return behind !== undefined && behind.trim() !== '';
  }).length;
};

describe('a line', () => {
  it.each([
    ['is code', "const glob = 'libs/*/src/**'; // a comment behind", 1],
    ['is code behind a comment', '/* what */ call();', 1],
    ['is blank', ' \n\n', 0],
    ['is a comment', '  // what', 0],
    ['is a comment of several lines', '/**\n * what\n\n * for\n */\ncall();', 1],
  ])('that %s', (_what, text, lines) => {
    expect(linesOf(text)).toBe(lines);
  });
});

it('no file is longer than can be read at one sitting, tests included, tables of the standard apart', () => {
  const tests = filesBelow('test')
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const long = [...projects.flatMap(sourcesOf), ...tests]
    .filter(({ text }) => linesOf(text) > longest && !isTable(text))
    .map(({ path, text }) => `${path}: ${linesOf(text)} lines`);
  expect(long).toEqual([]);
});
