import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOnPath, unpackDebianPackages } from './debian-packages.js';
import { libraryPath } from './library-path.js';

const SYSTEM_FOLDER = '/usr/sbin';

/**
 * The folder with `rsyslogd` and its TLS driver, or undefined when it is on the PATH. Ours is a small script that sets the
 * paths of libraries and modules for the program alone.
 */
export async function findRsyslog(): Promise<string | undefined> {
  if (isOnPath('rsyslogd')) return undefined;
  if (existsSync(join(SYSTEM_FOLDER, 'rsyslogd'))) return SYSTEM_FOLDER;
  const packages = ['rsyslog', 'rsyslog-gnutls'];
  const root = await unpackDebianPackages({ name: 'rsyslog', packages, adapt: wrapProgram });
  return join(root, 'wrapped');
}

async function wrapProgram(tree: string, root: string): Promise<void> {
  const libraries = await libraryPath(tree, root);
  const modules = libraries
    .split(':')
    .map((folder) => join(folder, 'rsyslog'))
    .join(':');
  const path = join(tree, 'wrapped/rsyslogd');
  await mkdir(join(tree, 'wrapped'));
  await writeFile(
    path,
    `#!/bin/sh\nexport LD_LIBRARY_PATH='${libraries}'\nexec '${root}/usr/sbin/rsyslogd' -M '${modules}' "$@"\n`,
  );
  await chmod(path, 0o755);
}
