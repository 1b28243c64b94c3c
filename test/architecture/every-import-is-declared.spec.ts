import { builtinModules } from 'node:module';
import { describe, expect, it } from 'vitest';
import { importsOf, isSpec, packageOf, projects, rootManifest, sourcesOf } from './workspace.js';

const workspace = new Set(projects.map(({ manifest }) => manifest.name));
const versions = {
  ...rootManifest.dependencies,
  ...rootManifest.devDependencies,
  ...rootManifest.optionalDependencies,
};
const isPackage = (specifier: string) =>
  !specifier.startsWith('.') && !specifier.startsWith('node:') && !builtinModules.includes(specifier);

describe('importsOf', () => {
  it('finds every way to import', () => {
    const text = [
      "import { a,\n  b } from 'one';",
      "import type { c } from 'two';",
      "export * from 'three';",
      "import 'four';",
      "const five = await import('five');",
      " * import { six } from 'six'",
      "const text = 'from seven';",
    ].join('\n');
    expect(importsOf(text).toSorted()).toEqual(['five', 'four', 'one', 'three', 'two']);
  });
});

describe.each(projects.map((project) => [project.folder, project] as const))('%s', (_folder, project) => {
  const declared = project.manifest.dependencies ?? {};

  it('declares every package that its source imports', () => {
    const missing = sourcesOf(project)
      .filter((file) => !isSpec(file))
      .flatMap(({ path, text }) =>
        importsOf(text)
          .filter((specifier) => isPackage(specifier) && !(packageOf(specifier) in declared))
          .map((specifier) => `${path} imports ${specifier}`),
      );
    expect(missing).toEqual([]);
  });

  it('leaves versions to the root', () => {
    const { dependencies, devDependencies, peerDependencies, optionalDependencies } = project.manifest;
    const all = { ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies };
    expect(Object.entries(all).filter(([, version]) => version !== '*')).toEqual([]);
  });

  it('depends on nothing that the root has no version of', () => {
    expect(Object.keys(declared).filter((name) => !workspace.has(name) && !(name in versions))).toEqual([]);
  });

  it('belongs to a layer', () => {
    expect(['kernel', 'contract', 'domain', 'infrastructure', 'sdk', 'app', 'testing']).toContain(project.layer);
  });
});

it('names exact versions at the root', () => {
  expect(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

it('keeps what tests are made of out of what ships', () => {
  const shipping = projects.filter(({ layer }) => layer !== 'testing');
  expect(shipping.filter(({ manifest }) => '@waystation/testing' in (manifest.dependencies ?? {}))).toEqual([]);
});
