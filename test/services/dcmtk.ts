import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';

const tools = ['dcm2json', 'dcmdump', 'dcmsend', 'echoscu', 'storescp', 'storescu'];

/**
 * The folder with DCMTK's programs, or undefined when they are on the PATH. Ours are small scripts that set the
 * library and dictionary paths for their program alone.
 */
export async function findDcmtk(): Promise<string | undefined> {
  if (tools.every(isOnPath)) return undefined;
  const root = await unpackDebianPackages({ name: 'dcmtk', packages: ['dcmtk'], adapt: wrapPrograms });
  return join(root, 'wrapped');
}

async function wrapPrograms(tree: string, root: string): Promise<void> {
  const libraries = await libraryPath(tree, root);
  // Named after the library's version; not in the tree when the system has the library.
  const dictionary = (await readdir(join(tree, 'usr/share'))).find((name) => name.startsWith('libdcmtk'));
  const dictionaryPath = dictionary ? ` DCMDICTPATH='${root}/usr/share/${dictionary}/dicom.dic'` : '';
  await mkdir(join(tree, 'wrapped'));
  for (const tool of tools) {
    const path = join(tree, 'wrapped', tool);
    const environment = `export LD_LIBRARY_PATH='${libraries}'${dictionaryPath}`;
    await writeFile(path, `#!/bin/sh\n${environment}\nexec '${root}/usr/bin/${tool}' "$@"\n`);
    await chmod(path, 0o755);
  }
}
