import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';

const REMEMBERED = 100_000;

const statement = {
  name: 'log-stream-names',
  text: 'select stream_no, stream_id from log.stream where stream_no = any ($1::bigint[])',
};

/** Names of streams by their numbers. They never change, so what was read once is remembered. */
export class StreamNames {
  #names = new Map<number, string>();

  constructor(private readonly pool: Pool) {}

  /** Names, among them those of the given numbers. */
  async of(numbers: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    if (this.#names.size > REMEMBERED) this.#names = new Map();
    const names = this.#names;
    const unknown = [...new Set(numbers)].filter((number) => !names.has(number));
    if (unknown.length === 0) return names;
    const rows = await queryRows<[number, string]>(this.pool, statement, [unknown]);
    for (const [number, name] of rows) names.set(number, name);
    return names;
  }
}
