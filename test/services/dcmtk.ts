import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';

/** What the tests call; the others come along. */
// prettier-ignore
const needed = [
  'dcm2json', 'dcmcjpeg', 'dcmcjpls', 'dcmconv', 'dcmcrle', 'dcmdjpeg', 'dcmdjpls', 'dcmdrle', 'dcmdump', 'dcmsend',
  'echoscu', 'storescp', 'storescu',
];

/**
 * The folder with DCMTK's programs, or undefined when they are on the PATH. Ours are small scripts that set the
 * library and dictionary paths for their program alone.
 */
export async function findDcmtk(): Promise<string | undefined> {
  if (needed.every(isOnPath)) return undefined;
  const root = await unpackDebianPackages({ name: 'dcmtk', packages: ['dcmtk'], adapt: wrapPrograms });
  return join(root, 'wrapped');
}

async function wrapPrograms(tree: string, root: string): Promise<void> {
  const libraries = await libraryPath(tree, root);
  const dictionaries = (await dictionariesIn(tree)).map((path) => join(root, path)).join(':');
  const environment = `LD_LIBRARY_PATH='${libraries}'${dictionaries ? ` DCMDICTPATH='${dictionaries}'` : ''}`;
  await mkdir(join(tree, 'wrapped'));
  for (const program of await readdir(join(tree, 'usr/bin'))) {
    const path = join(tree, 'wrapped', program);
    await writeFile(path, `#!/bin/sh\nexport ${environment}\nexec '${root}/usr/bin/${program}' "$@"\n`);
    await chmod(path, 0o755);
  }
}

/** Their folder is named after the library's version; the tree has none when the system has the library. */
export async function dictionariesIn(tree: string): Promise<readonly string[]> {
  const folder = (await readdir(join(tree, 'usr/share'))).find((name) => name.startsWith('libdcmtk'));
  return folder ? ['dicom.dic', 'private.dic'].map((name) => join('usr/share', folder, name)) : [];
}
