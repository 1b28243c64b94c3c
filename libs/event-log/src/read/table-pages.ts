import type { Pool } from 'pg';
import { copyOut } from './copy-out.js';
import { COPIED_COLUMNS, RowDecoder, type CopiedEvent } from './row-decoder.js';
import type { StoredEvent } from './stored-event.js';
import { StreamNames } from './stream-names.js';

/** Positions behind `after`, up to and with `through`. */
export interface PositionRange {
  readonly after: number;
  readonly through: number;
}

/** Reads ranges of positions from the table of the log. */
export class TablePages {
  readonly #names: StreamNames;

  constructor(private readonly pool: Pool) {
    this.#names = new StreamNames(pool);
  }

  /**
   * What the table holds of a range, in order, whatever it looks like.
   * @param options `hashes`: whether to read them, too; else they are empty
   */
  async read(
    { after, through }: PositionRange,
    options: { readonly hashes: boolean },
  ): Promise<readonly StoredEvent[]> {
    let events: CopiedEvent[] = [];
    let numbers: number[] = [];
    const columns = options.hashes ? `${COPIED_COLUMNS}, hash` : COPIED_COLUMNS;
    const query = `select ${columns} from log.event where position > ${after} and position <= ${through} order by position`;
    await copyOut(this.pool, query, () => {
      [events, numbers] = [[], []];
      const decoder = new RowDecoder();
      return (bytes) => {
        const row = decoder.decode(bytes);
        if (!row) return;
        events.push(row.event);
        numbers.push(row.streamNo);
      };
    });
    const names = await this.#names.of(numbers);
    for (const [index, event] of events.entries()) {
      const number = numbers[index] ?? 0;
      event.stream = names.get(number) ?? `(no stream ${number})`;
    }
    return events;
  }
}
