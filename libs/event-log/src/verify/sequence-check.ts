import type { EventLog } from '../event-log.js';
import { queryRows } from '../connection/query-rows.js';
import type { StoredEvent } from '../read/stored-event.js';
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
 * asks the log about the others.
 */
export class SequenceCheck {
  readonly #last = new Map<string, number>();

  constructor(
    private readonly log: EventLog,
    private readonly problems: ProblemList,
  ) {}

  async page(events: readonly StoredEvent[]): Promise<void> {
    const unknown: StoredEvent[] = [];
    for (const event of events) {
      const { stream, sequence } = event;
      const last = this.#last.get(stream);
      if (last === undefined && sequence > 1) unknown.push(event);
      else if (sequence !== (last ?? 0) + 1) this.#complain(event, `follows ${last ?? 0}`);
      this.#remember(stream, sequence);
    }
    if (unknown.length > 0) await this.#askFor(unknown);
  }

  #remember(stream: string, sequence: number): void {
    const isNew = !this.#last.has(stream);
    this.#last.set(stream, sequence);
    if (!isNew || this.#last.size <= REMEMBERED) return;
    for (const oldest of this.#last.keys()) {
      this.#last.delete(oldest);
      return;
    }
  }

  async #askFor(events: readonly StoredEvent[]): Promise<void> {
    const columns = [
      events.map(({ stream }) => stream),
      events.map(({ sequence }) => sequence),
      events.map(({ position }) => position),
    ];
    const orphans = await queryRows<[string, number, number]>(this.log.pool, withoutPredecessor, columns);
    for (const [stream, sequence, position] of orphans) {
      // The one before may have left the table.
      const [before] = await this.log.readStream(stream, { after: sequence - 2, through: sequence - 1 });
      if (before && before.position < position) continue;
      this.#complain({ position, stream, sequence }, `has no event ${sequence - 1} before it`);
    }
  }

  #complain({ position, stream, sequence }: Pick<StoredEvent, 'position' | 'stream' | 'sequence'>, why: string): void {
    this.problems.add(
      position,
      'log.sequence-gap',
      `the event at position ${position} is number ${sequence} of stream ${stream}, but ${why}`,
    );
  }
}
