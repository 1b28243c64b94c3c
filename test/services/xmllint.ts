import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';

/** The folder with `xmllint` of libxml2, which validates XML against RELAX NG; undefined when it is on the PATH. */
export async function findXmllint(): Promise<string | undefined> {
  if (isOnPath('xmllint')) return undefined;
  const root = await unpackDebianPackages({ name: 'xmllint', packages: ['libxml2-utils'], adapt: wrapProgram });
  return join(root, 'wrapped');
}

async function wrapProgram(tree: string, root: string): Promise<void> {
  const path = join(tree, 'wrapped/xmllint');
  await mkdir(join(tree, 'wrapped'));
  const libraries = await libraryPath(tree, root).catch(() => '');
  await writeFile(path, `#!/bin/sh\nexport LD_LIBRARY_PATH='${libraries}'\nexec '${root}/usr/bin/xmllint' "$@"\n`);
  await chmod(path, 0o755);
}
