import pg, { type Pool } from 'pg';
import { CopiedPage, PageMemory } from './copied-page.js';
import { copyOut } from './copy-out.js';
import { COPIED_COLUMNS, RowDecoder } from './row-decoder.js';
import type { StoredEvent } from './stored-event.js';
import { StreamNames } from './stream-names.js';

/** Positions behind `after`, up to and with `through`. */
export interface PositionRange {
  readonly after: number;
  readonly through: number;
}

/** What the table holds of a range. */
export interface TablePage {
  /** Events in it. */
  readonly length: number;
  /** The events, some at a time, once. */
  events(): Iterable<readonly StoredEvent[]>;
}

/** Reads ranges of positions from the table of the log. */
export class TablePages {
  readonly #names: StreamNames;
  readonly #memory = new PageMemory();
  readonly #decoder = new RowDecoder();

  constructor(private readonly pool: Pool) {
    this.#names = new StreamNames(pool);
  }

  /**
   * What the table holds of a range, in order, whatever it looks like.
   * @param options `hashes`: whether to read them, too; else they are empty. `types`: nothing else is read
   */
  async read(
    { after, through }: PositionRange,
    { hashes, types }: { readonly hashes: boolean; readonly types?: readonly string[] },
  ): Promise<TablePage> {
    const columns = hashes ? `${COPIED_COLUMNS}, hash` : COPIED_COLUMNS;
    const ofTypes = types ? `and type in (${types.map((type) => pg.escapeLiteral(type)).join(', ')})` : '';
    const query = `select ${columns} from log.event
      where position > ${after} and position <= ${through} ${ofTypes} order by position`;
    const page = await copyOut(this.pool, query, () => new CopiedPage(this.#memory));
    const names = await this.#names.of(page.streamNumbers());
    return {
      length: page.length,
      events: () => page.events(this.#decoder, names),
    };
  }
}
