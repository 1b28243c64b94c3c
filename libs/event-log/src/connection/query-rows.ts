import type { Pool, QueryArrayConfig } from 'pg';
import { closed } from './closed.js';
import { logTypes } from './log-types.js';
import { untilAvailable } from './until-available.js';

/** A statement that is prepared once per session under its name. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/**
 * Runs a statement that may run twice, and repeats it over a restart of the database.
 * @returns rows as arrays, values as {@link logTypes} reads them
 * @throws log.unavailable, log.closed
 */
export const queryRows = async <Row extends readonly unknown[]>(
  pool: Pool,
  statement: NamedStatement,
  values: readonly unknown[],
): Promise<readonly Row[]> => {
  const query: QueryArrayConfig = { ...statement, values: [...values], rowMode: 'array', types: logTypes };
  const { rows } = await untilAvailable(() => {
    if (pool.ending) throw closed();
    return pool.query(query);
  });
  return rows as unknown as readonly Row[];
};
