import { CodedError, hasCode } from '@waystation/kernel';
import type { LogArchive } from '../archive/log-archive.js';
import type { StoredEvent } from './stored-event.js';
import type { PositionRange, TablePages } from './table-pages.js';

/** Positions that are read at once. */
const PAGE = 5_000;

export interface StoredPagesOptions {
  /** Whether to read the hashes, too; else they may be empty. */
  readonly hashes: boolean;
  /** Told of what cannot be read from a copy, which is left out then; without it that is thrown. */
  readonly onDamage?: (error: CodedError) => void;
}

interface Page {
  readonly events: readonly StoredEvent[];
  /** The last position that was looked at. */
  readonly end: number;
}

/** Everything that is stored, from the table and from the copies of what has left it. */
export class StoredPages {
  constructor(
    private readonly table: TablePages,
    private readonly archive: LogArchive,
  ) {}

  /** A range in order, page by page and whatever it looks like. Reads a page ahead. */
  async *of(range: PositionRange, options: StoredPagesOptions): AsyncGenerator<readonly StoredEvent[]> {
    const { through } = range;
    const read = (after: number): Promise<Page> => {
      const page = this.#page({ after, through }, options);
      page.catch(() => {}); // whoever asks for the page gets the error
      return page;
    };
    let next = range.after < through ? read(range.after) : undefined;
    while (next) {
      const { events, end } = await next;
      next = end < through ? read(end) : undefined;
      if (events.length > 0) yield events;
    }
  }

  async #page({ after, through }: PositionRange, options: StoredPagesOptions): Promise<Page> {
    const end = Math.min(after + PAGE, through);
    if (after >= this.archive.knownThrough) {
      const events = await this.table.read({ after, through: end }, options);
      // Rows are missing: they may have left the table meanwhile.
      if (events.length === end - after || after >= (await this.archive.through())) return { events, end };
    }
    return this.#archivedPage({ after, through: end }, options);
  }

  async #archivedPage(range: PositionRange, { onDamage }: StoredPagesOptions): Promise<Page> {
    try {
      const events = await this.archive.page(range);
      return { events, end: events.at(-1)?.position ?? range.through };
    } catch (error) {
      if (!onDamage || !(error instanceof CodedError) || !hasCode(error, 'log.archive-damaged')) throw error;
      onDamage(error);
      return { events: [], end: Math.min(Number(error.details?.['to'] ?? range.through), range.through) };
    }
  }
}
