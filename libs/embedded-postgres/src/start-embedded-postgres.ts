import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '@waystation/kernel';
import { findPostgresBinaries } from './binaries.js';
import { claimPort } from './claim-port.js';
import { createCluster, databaseName, passwordFile, superuser } from './create-cluster.js';
import { endWithParent } from './end-with-parent.js';
import { giveFolder } from './give-folder.js';
import { launchPostmaster } from './launch-postmaster.js';
import { isPostmasterOf, readPostmasterPid } from './postmaster-pid.js';
import { socketFolderOf } from './socket-folder.js';
import { stopPostmaster } from './stop-postmaster.js';
import { findIdentity } from './unprivileged.js';

export interface EmbeddedPostgresOptions {
  /** Where the cluster lives; made when missing, initialised when empty. */
  readonly dataFolder: string;
  /** TCP port; 0 means any that is free. */
  readonly port: number;
  /** Address to listen on; `127.0.0.1` unless told. */
  readonly host?: string;
}

export interface EmbeddedPostgres {
  /** For the database `waystation`, as superuser, with the password. */
  readonly url: string;
  /** The same for programs on this machine: through a Unix socket where there can be one, which takes less time and CPU. */
  readonly localUrl: string;
  readonly port: number;
  /** The server process. */
  readonly pid: number;
  /** Settles when the server is gone, whoever ended it. */
  readonly exited: Promise<void>;
  /** Fast shutdown; killed after 10 s. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Runs a real Postgres of our own, durable by default, also for root and on a machine that has none. A server that a crashed
 * parent left on the folder is ended first. When this process dies in any way, the server shuts down.
 *
 * @throws CodedError `embedded-postgres.no-binaries`, `.unlinked-libraries`, `.root`: it cannot run here
 * @throws CodedError `embedded-postgres.foreign-folder`, `.no-cluster`: the data folder cannot be used
 * @throws CodedError `embedded-postgres.port-taken`, `.not-started`
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { host = '127.0.0.1' } = options;
  const binaries = await findPostgresBinaries();
  const identity = await findIdentity();
  await mkdir(options.dataFolder, { recursive: true, mode: 0o700 });
  const dataFolder = await realpath(options.dataFolder);
  await removePredecessor(dataFolder);
  await createCluster(dataFolder, binaries, identity);
  await giveFolder(dataFolder, identity.owner);
  const port = await claimPort(host, options.port);
  const socketFolder = socketFolderOf(dataFolder);
  const { pid, exited } = await launchPostmaster({ dataFolder, host, port, socketFolder, binaries, identity });
  const release = endWithParent(pid);
  const password = await readFile(join(dataFolder, passwordFile), 'utf8');
  const url = `postgres://${superuser}:${password}@${host}:${port}/${databaseName}`;
  return {
    url,
    localUrl: socketFolder === undefined ? url : `${url}?host=${encodeURIComponent(socketFolder)}`,
    port,
    pid,
    exited,
    stop: async () => {
      await stopPostmaster(pid, dataFolder);
      release();
    },
  };
}

/** Ends a server that still runs. A pid that meanwhile went to another program would keep Postgres from starting. */
async function removePredecessor(dataFolder: string): Promise<void> {
  const file = await readPostmasterPid(dataFolder);
  if (!file) return;
  if (await isPostmasterOf(file.pid, dataFolder)) await stopPostmaster(file.pid, dataFolder);
  else if (isInUse(file.pid)) await rm(join(dataFolder, 'postmaster.pid'));
}

const isInUse = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
};
