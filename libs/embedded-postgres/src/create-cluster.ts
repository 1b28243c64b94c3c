import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CodedError, messageOf } from '@waystation/kernel';
import type { PostgresBinaries } from './binaries.js';
import { giveFolder } from './give-folder.js';
import type { Identity } from './unprivileged.js';

const run = promisify(execFile);

export const superuser = 'waystation';
export const databaseName = 'waystation';
export const passwordFile = 'waystation-password';

/**
 * Makes a database cluster in `dataFolder`, unless there is one. It appears whole or not at all: it is made in a sibling
 * folder and renamed. Its only user has a random password, kept in the cluster and readable by the owner alone.
 *
 * @throws CodedError `embedded-postgres.foreign-folder` when the folder holds something else
 * @throws CodedError `embedded-postgres.no-cluster` when Postgres could not make it
 */
export async function createCluster(dataFolder: string, binaries: PostgresBinaries, identity: Identity): Promise<void> {
  const found = await readdir(dataFolder);
  if (found.includes('PG_VERSION')) return;
  if (found.length > 0) {
    throw new CodedError(
      'embedded-postgres.foreign-folder',
      `The data folder ${dataFolder} must be empty or hold a Postgres cluster, but it holds ${found.slice(0, 3).join(', ')}`,
    );
  }
  const workshop = `${dataFolder}.initialising`;
  const cluster = join(workshop, 'cluster');
  const password = join(workshop, passwordFile);
  await rm(workshop, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await giveFolder(workshop, identity.owner);
  await initialise(cluster, password, binaries, identity);
  await rename(password, join(cluster, passwordFile));
  await rename(cluster, dataFolder);
  await makeDurable(dirname(dataFolder));
  await rm(workshop, { recursive: true });
}

async function initialise(
  cluster: string,
  password: string,
  { initdb, postgres }: PostgresBinaries,
  { prefix }: Identity,
): Promise<void> {
  const options = ['-U', superuser, '--auth=scram-sha-256', `--pwfile=${password}`];
  const [command, ...words] = [...prefix, initdb];
  const [single, ...singleWords] = [...prefix, postgres, '--single', '-D', cluster, 'postgres'];
  try {
    await run(command, [...words, '-D', cluster, ...options, '--encoding=UTF8', '--locale=C.UTF-8']);
    const creation = run(single, singleWords);
    creation.child.stdin?.end(`create database ${databaseName};\n`);
    await creation;
  } catch (cause) {
    throw new CodedError(
      'embedded-postgres.no-cluster',
      `Postgres made no cluster in ${cluster}: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}

/** A rename is kept over a power cut once its folder is synced. */
async function makeDurable(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
