import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedObject } from '../object-store.js';
import { errnoOf } from './file-fault.js';

const noneIfGone = (error: unknown): undefined => {
  if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error;
};

/** Sorting folders by name and slash yields the order of whole keys, as S3 lists them. Keys are ASCII. */
const orderOf = (entry: Dirent): string => (entry.isDirectory() ? `${entry.name}/` : entry.name);
const byOrder = (a: Dirent, b: Dirent): number => (orderOf(a) < orderOf(b) ? -1 : 1);

/** All files below `root` whose key begins with `prefix`. `folder` is where to look: empty, or with a slash at its end. */
export async function* walkFiles(root: string, prefix: string, folder: string): AsyncGenerator<ListedObject> {
  const entries = (await readdir(join(root, folder), { withFileTypes: true }).catch(noneIfGone)) ?? [];
  for (const entry of entries.toSorted(byOrder)) {
    const key = folder + entry.name;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) {
      const inside = `${key}/`;
      if (inside.startsWith(prefix) || prefix.startsWith(inside)) yield* walkFiles(root, prefix, inside);
    } else if (entry.isFile() && key.startsWith(prefix)) {
      const found = await lstat(join(root, key)).catch(noneIfGone);
      if (found) yield { key, size: found.size, modifiedAt: found.mtimeMs };
    }
  }
}
