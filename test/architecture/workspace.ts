import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** The root of the repository. */
export const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly tags?: readonly string[] };
}

/** An app or a lib. */
export interface Project {
  /** `libs/kernel` */
  readonly folder: string;
  readonly manifest: Manifest;
  /** `kernel`, `contract`, `domain`, `infrastructure`, `sdk`, `app`, `testing` */
  readonly layer: string | undefined;
}

/** A file of a project's `src`. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  readonly project: Project;
  readonly text: string;
}

/** Reads JSON at a path from the root of the repository. */
export const readJson = <Shape>(path: string): Shape => JSON.parse(readFileSync(join(root, path), 'utf8')) as Shape;

export const rootManifest = readJson<Manifest>('package.json');

export const projects: readonly Project[] = ['libs', 'apps']
  .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`))
  .filter((folder) => existsSync(join(root, folder, 'package.json')))
  .map((folder) => {
    const manifest = readJson<Manifest>(`${folder}/package.json`);
    return { folder, manifest, layer: manifest.nx?.tags?.find((tag) => tag.startsWith('layer:'))?.slice(6) };
  });

// What git does not track is not part of the house.
const ignored = new Set([
  '.git',
  ...readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('/'))
    .map((line) => line.slice(0, -1)),
]);

/** Every file below a folder, from the root of the repository, with slashes. */
export const filesBelow = (folder: string): readonly string[] => {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const below = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(below) : entry.isFile() ? [relative('.', below).replaceAll('\\', '/')] : [];
  });
};

/** The TypeScript of a project, specs included. */
export const sourcesOf = (project: Project): readonly SourceFile[] =>
  filesBelow(`${project.folder}/src`)
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => ({ path, project, text: readFileSync(join(root, path), 'utf8') }));

/** Whether a file is a test: it may see everything, and nothing ships it. */
export const isSpec = ({ path }: { readonly path: string }): boolean => /\.spec\.tsx?$/.test(path);

/** What a file imports, word for word. */
export const importsOf = (text: string): readonly string[] =>
  [
    /^\s*(?:import|export)\b[^'"]*?\bfrom\s+['"]([^'"]+)['"]/gm,
    /^\s*import\s+['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, specifier]) => specifier ?? []));

/** The package that an import is served by: `@scope/name` of `@scope/name/part`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
