import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dictionariesIn } from './dcmtk.js';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';

const SYSTEM_FOLDER = '/usr/sbin';

/**
 * The folder with the program `Orthanc`, or undefined when it is on the PATH. Ours is a small script that sets the library and
 * dictionary paths for the program alone: Debian's Orthanc has DCMTK and its dictionaries outside.
 */
export async function findOrthanc(): Promise<string | undefined> {
  if (isOnPath('Orthanc')) return undefined;
  // Debian's package puts it where not every user's PATH leads.
  if (existsSync(join(SYSTEM_FOLDER, 'Orthanc'))) return SYSTEM_FOLDER;
  const root = await unpackDebianPackages({ name: 'orthanc', packages: ['orthanc'], adapt: wrapProgram });
  return join(root, 'wrapped');
}

async function wrapProgram(tree: string, root: string): Promise<void> {
  const libraries = await libraryPath(tree, root);
  const dictionaries = (await dictionariesIn(tree)).map((path) => join(root, path)).join(':');
  const environment = `LD_LIBRARY_PATH='${libraries}'${dictionaries ? ` DCMDICTPATH='${dictionaries}'` : ''}`;
  const path = join(tree, 'wrapped/Orthanc');
  await mkdir(join(tree, 'wrapped'));
  await writeFile(path, `#!/bin/sh\nexport ${environment}\nexec '${root}/usr/sbin/Orthanc' "$@"\n`);
  await chmod(path, 0o755);
}
