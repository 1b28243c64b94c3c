import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { CodedError, messageOf } from '@waystation/kernel';
import type { PostgresBinaries } from './binaries.js';
import { portTaken } from './claim-port.js';
import { readPostmasterPid } from './postmaster-pid.js';
import { ServerLog } from './server-log.js';
import { serverSettings } from './server-settings.js';
import type { Identity } from './unprivileged.js';

/** Recovery after a crash replays at most a few checkpoints of log. */
const startTimeoutMs = 120_000;
/** How long the children of a killed server may hold its shared memory. */
const inheritanceMs = 10_000;
const pollMs = 20;

export interface Postmaster {
  readonly pid: number;
  /** Settles when the server is gone, whoever ended it. */
  readonly exited: Promise<void>;
}

export interface LaunchOptions {
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly socketFolder?: string | undefined;
  readonly binaries: PostgresBinaries;
  readonly identity: Identity;
}

/**
 * Starts the server and waits until it takes connections.
 *
 * @throws CodedError `embedded-postgres.port-taken`
 * @throws CodedError `embedded-postgres.not-started` with the last lines of the server's log
 */
export async function launchPostmaster(options: LaunchOptions): Promise<Postmaster> {
  for (let waited = 0; ; waited += 250) {
    const outcome = await tryLaunch(options);
    if (typeof outcome !== 'string') return outcome;
    if (/could not bind|Address already in use/.test(outcome)) throw portTaken(options.host, options.port);
    if (!outcome.includes('pre-existing shared memory block') || waited >= inheritanceMs) throw notStarted(outcome);
    await sleep(250);
  }
}

/** The running server, or what the one that ended had to say. */
async function tryLaunch(options: LaunchOptions): Promise<Postmaster | string> {
  const { dataFolder, host, port, socketFolder, binaries, identity } = options;
  const log = await ServerLog.open(dataFolder);
  const [command, ...words] = [...identity.prefix, binaries.postgres, '-D', dataFolder];
  // A session of its own: Ctrl-C in a terminal is for us, and the database must outlive our own shutdown.
  const child = spawn(command, [...words, ...serverSettings(host, port, socketFolder)], {
    detached: true,
    stdio: ['ignore', log.file.fd, log.file.fd],
  });
  await log.file.close();
  child.unref();
  const exited = once(child, 'exit').then(() => undefined);
  let gone = false;
  exited.then(
    () => (gone = true),
    () => (gone = true),
  );
  for (let waited = 0; !gone; waited += pollMs) {
    const file = await readPostmasterPid(dataFolder);
    if (file?.ready && file.pid === child.pid) return { pid: file.pid, exited };
    if (waited > startTimeoutMs) child.kill('SIGKILL');
    await sleep(pollMs);
  }
  await exited.catch((cause: unknown) => Promise.reject(notStarted(messageOf(cause))));
  return log.read();
}

const notStarted = (log: string): CodedError =>
  new CodedError(
    'embedded-postgres.not-started',
    `Embedded Postgres did not start. Its last words: ${log.trim().split('\n').slice(-5).join(' / ')}`,
  );
