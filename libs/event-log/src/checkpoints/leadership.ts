import pg from 'pg';
import { toLogError } from '../connection/log-error.js';
import { sessionConfig } from '../connection/session-config.js';

/** Gives the leadership up when it is called. */
export interface Leadership {
  (): Promise<void>;
  /** Aborted when the session is lost: then another process may lead already. */
  readonly lost: AbortSignal;
}

// One of two numbers: a key space apart from that of the append lock.
const LEADERS = 7307;

/** Takes an advisory lock on a session of its own, so that it ends with the process whatever happens. */
export const takeLeadership = async (
  url: string,
  applicationName: string,
  name: string,
): Promise<Leadership | undefined> => {
  const client = new pg.Client(sessionConfig(url, applicationName));
  const lost = new AbortController();
  client.on('error', () => lost.abort());
  client.on('end', () => lost.abort());
  const end = () => client.end().catch(() => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1::int, hashtext($2)) as taken',
      [LEADERS, name],
    );
    if (rows[0]?.taken) return Object.assign(end, { lost: lost.signal });
  } catch (error) {
    await end();
    throw toLogError(error);
  }
  await end();
  return undefined;
};
