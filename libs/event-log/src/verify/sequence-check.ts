import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';
import type { HashedRow } from '../read/hashed-pages.js';
import type { ProblemList } from './problem-list.js';

const REMEMBERED = 50_000;

const withoutPredecessor = {
  name: 'log-without-predecessor',
  text: `select w.stream_id, w.version, w.position from unnest($1::text[], $2::int[], $3::bigint[]) w (stream_id, version, position)
    where not exists (
      select from log.event e
      where e.stream_no = (select s.stream_no from log.stream s where s.stream_id = w.stream_id)
        and e.version = w.version - 1 and e.position < w.position)`,
};

/**
 * Checks that the sequences of every stream are dense and ascend with position. Remembers the streams it saw last, and
 * asks the database about the others.
 */
export class SequenceCheck {
  readonly #last = new Map<string, number>();

  constructor(
    private readonly pool: Pool,
    private readonly problems: ProblemList,
  ) {}

  async page(rows: readonly HashedRow[]): Promise<void> {
    const unknown: HashedRow[] = [];
    for (const row of rows) {
      const [position, stream, sequence] = row;
      const last = this.#last.get(stream);
      if (last === undefined && sequence > 1) unknown.push(row);
      else if (sequence !== (last ?? 0) + 1) this.#complain(position, stream, sequence, `follows ${last ?? 0}`);
      this.#remember(stream, sequence);
    }
    if (unknown.length > 0) await this.#askFor(unknown);
  }

  #remember(stream: string, sequence: number): void {
    this.#last.delete(stream);
    this.#last.set(stream, sequence);
    if (this.#last.size <= REMEMBERED) return;
    for (const oldest of this.#last.keys()) {
      this.#last.delete(oldest);
      return;
    }
  }

  async #askFor(rows: readonly HashedRow[]): Promise<void> {
    const columns = [rows.map(([, stream]) => stream), rows.map(([, , sequence]) => sequence), rows.map(([at]) => at)];
    const orphans = await queryRows<[string, number, number]>(this.pool, withoutPredecessor, columns);
    for (const [stream, sequence, position] of orphans) {
      this.#complain(position, stream, sequence, `has no event ${sequence - 1} before it`);
    }
  }

  #complain(position: number, stream: string, sequence: number, why: string): void {
    this.problems.add(
      position,
      'log.sequence-gap',
      `the event at position ${position} is number ${sequence} of stream ${stream}, but ${why}`,
    );
  }
}
