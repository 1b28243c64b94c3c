import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CodedError } from '@waystation/kernel';

const run = promisify(execFile);

/** How Postgres, which refuses to be root, is started. */
export interface Identity {
  /** Words before the command. */
  readonly prefix: readonly string[];
  /** The user, seen from here, who must own the data folder. */
  readonly owner: number;
}

/** `nobody` on Linux: owns nothing that matters. */
const nobody = 65_534;

/** A user namespace of one user: root's files stay root's, Postgres sees itself as nobody. */
const namespaced: Identity = {
  prefix: ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`],
  owner: 0,
};

/** Containers often forbid user namespaces. The capability lets nobody through folders that are closed to others. */
export const switchedUser: Identity = {
  prefix: [
    'setpriv',
    `--reuid=${nobody}`,
    `--regid=${nobody}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ],
  owner: nobody,
};

/**
 * The identity under which Postgres can run here: our own, unless we are root.
 *
 * @throws CodedError `embedded-postgres.root` when we are root and cannot be anything else
 */
export async function findIdentity(): Promise<Identity> {
  const user = process.getuid?.() ?? 0;
  if (user !== 0) return { prefix: [], owner: user };
  for (const identity of [namespaced, switchedUser]) {
    if (await works(identity)) return identity;
  }
  throw new CodedError(
    'embedded-postgres.root',
    'Postgres refuses to run as root, and neither unshare nor setpriv can change that here. ' +
      'Start Waystation as an ordinary user, or set WAYSTATION_DATABASE_URL to a Postgres of your own.',
  );
}

const works = async ({ prefix: [command = '', ...words] }: Identity): Promise<boolean> =>
  run(command, [...words, 'true']).then(
    () => true,
    () => false,
  );
