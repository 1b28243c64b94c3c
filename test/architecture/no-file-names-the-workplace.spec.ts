import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, root } from './workspace.js';

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
/** Folders of whoever builds this, as far as they are special enough to be searched for. */
const workplaces = [root, dirname(root), homedir()].filter((path) => path.split('/').filter(Boolean).length > 1);

// Written so that this file does not find itself.
const forbidden: Readonly<Record<string, RegExp>> = {
  'a host that packages were fetched from':
    /registry\.(npmjs|yarnpkg|npmmirror)\.|npm\.pkg\.github|\bartifactory\b|\bverdaccio\b/i,
  'a folder of whoever wrote it': new RegExp(
    [
      String.raw`(?<![\w.~@-])/${'work'}(?![\w-])`,
      String.raw`(?<![\w.~@-])/(${'home'}|${'Users'})/(?!node\b)\w`,
      String.raw`\.\./${'shared'}/`,
      ...workplaces.map((path) => String.raw`${escaped(path)}(?![\w-])`),
    ].join('|'),
  ),
};

const files = filesBelow('.').filter((path) => !/\.(dcm|png|jpg|ico|woff2?|zip|gz)$/.test(path));

describe('the patterns', () => {
  it.each([
    ['a host that packages were fetched from', `https://${['registry', 'npmjs', 'org'].join('.')}/zod`],
    ['a folder of whoever wrote it', `see ${['', 'work', 'main'].join('/')} for more`],
    ['a folder of whoever wrote it', `open('${['', 'home', 'jo', 'waystation'].join('/')}')`],
    ['a folder of whoever wrote it', `see ${['..', 'shared', 'style.md'].join('/')}`],
  ])('find %s', (what, line) => {
    expect(line).toMatch(forbidden[what] ?? /$^/);
  });

  it.each(['docs/work/flow.md', 'https://pacs.example/work', 'the network/workflow', './home/page.tsx'])(
    'let %s be',
    (line) => {
      for (const pattern of Object.values(forbidden)) expect(line).not.toMatch(pattern);
    },
  );
});

it('there are files to look at', () => {
  expect(files).toContain('package.json');
  expect(files).toContain('test/architecture/no-file-names-the-workplace.spec.ts');
});

it.each(Object.entries(forbidden))('no file names %s', (_what, pattern) => {
  const lines = files.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(lines).toEqual([]);
});
