import { describe, expect, it } from 'vitest';
import { importsOf, isSpec, packageOf, projects, sourcesOf } from './workspace.js';

const pure = [
  'libs/kernel',
  'libs/events',
  'libs/answers',
  'libs/audit-messages',
  'libs/domain',
  'libs/deidentification',
  'libs/rules',
  'libs/templates',
  'libs/mercure-import',
  'libs/dicom',
];
const pureProjects = projects.filter(({ folder }) => pure.includes(folder));
const allowed = new Set([
  ...pureProjects.map(({ manifest }) => manifest.name),
  'zod',
  // Walks a tree without a clock: templates bring no other names into it.
  '@huggingface/jinja',
  // Matches text in linear time, and does nothing else.
  're2js',
  'node:crypto',
  'node:buffer',
  'node:zlib',
]);

const withoutComments = (text: string) => text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
// Whatever gives another answer the next time it is asked, or reaches out of the process.
const impurities: Readonly<Record<string, RegExp>> = {
  'the current time': /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\b|\bhrtime\b/,
  chance: /\bMath\.random\b|\brandom(UUID|Bytes|Int)\b|\bgetRandomValues\b/,
  'the process it runs in': /\bprocess\.|\bglobalThis\b|\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/,
  'the network': /\bfetch\(/,
};

it('looks at every project of the pure layers, and at no other', () => {
  expect(pureProjects.map(({ folder }) => folder).toSorted()).toEqual(pure.toSorted());
  const layers = new Set(pureProjects.map(({ layer }) => layer));
  expect(
    projects
      .filter(({ layer }) => layers.has(layer))
      .map(({ folder }) => folder)
      .toSorted(),
  ).toEqual(pure.toSorted());
});

describe.each(pureProjects.map((project) => [project.folder, project] as const))('%s', (_folder, project) => {
  const files = sourcesOf(project).filter((file) => !isSpec(file));

  it('has source to look at', () => {
    expect(files).not.toEqual([]);
  });

  it('imports neither a framework nor a driver nor anything that touches the world', () => {
    const forbidden = files.flatMap(({ path, text }) =>
      importsOf(text)
        .filter((specifier) => !specifier.startsWith('.') && !allowed.has(packageOf(specifier)))
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(forbidden).toEqual([]);
  });

  it.each(Object.entries(impurities))('does not depend on %s', (_what, pattern) => {
    expect(files.filter(({ text }) => pattern.test(withoutComments(text))).map(({ path }) => path)).toEqual([]);
  });
});
