import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projects, readJson } from './workspace.js';

interface TsConfig {
  readonly extends?: string;
  readonly references?: readonly { readonly path: string }[];
}
const folderOf = new Map(projects.map(({ manifest, folder }) => [manifest.name, folder]));
const referencesOf = (folder: string) =>
  (readJson<TsConfig>(posix.join(folder, 'tsconfig.json')).references ?? []).map(({ path }) =>
    posix.join(folder, path),
  );

it('the root builds every project', () => {
  expect(referencesOf('.').toSorted()).toEqual(projects.map(({ folder }) => folder).toSorted());
});

describe.each(projects.map((project) => [project.folder, project] as const))('%s', (folder, { manifest }) => {
  it('builds after exactly the projects that it depends on', () => {
    const dependencies = Object.keys(manifest.dependencies ?? {}).flatMap((name) => folderOf.get(name) ?? []);
    expect(referencesOf(folder).toSorted()).toEqual(dependencies.toSorted());
  });

  it('is strict as the whole house is', () => {
    expect(readJson<TsConfig>(`${folder}/tsconfig.json`).extends).toBe('../../tsconfig.base.json');
  });

  it('bears the name of its folder', () => {
    expect(manifest.name).toBe(`@waystation/${posix.basename(folder)}`);
  });
});
