import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The folders with shared libraries of an unpacked Debian tree, for LD_LIBRARY_PATH.
 *
 * @param tree where it lies now
 * @param root where it will live
 */
export async function libraryPath(tree: string, root = tree): Promise<string> {
  const triplet = (await readdir(join(tree, 'usr/lib'))).find((name) => name.includes('-linux-')) ?? '';
  const folders = [`usr/lib/${triplet}`, `usr/lib/${triplet}/ceph`, `lib/${triplet}`];
  return folders
    .filter((folder) => existsSync(join(tree, folder)))
    .map((folder) => join(root, folder))
    .join(':');
}
