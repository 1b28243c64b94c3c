import { CodedError, hasCode } from '@waystation/kernel';
import type { LogArchive } from '../archive/log-archive.js';
import type { StoredEvent } from './stored-event.js';
import type { PositionRange, TablePages } from './table-pages.js';

/** Positions that are read at once. */
const PAGE = 4_000;
/** Positions that are gone through at once where most of them are left out. */
const TYPED_PAGE = 10_000;
/** Pages that are under way while one is looked at, each in a session of its own. */
const AHEAD = 2;

export interface StoredPagesOptions {
  /** Whether to read the hashes, too; else they may be empty. */
  readonly hashes: boolean;
  /** Left out are events of any other type; without it none are. */
  readonly types?: readonly string[];
  /** Told of what cannot be read from a copy, which is left out then; without it that is thrown. */
  readonly onDamage?: (error: CodedError) => void;
}

/** Events of some types up to a position. */
export interface TypedPage {
  readonly through: number;
  readonly events: readonly StoredEvent[];
}

type Pieces = Iterable<readonly StoredEvent[]>;

/** Everything that is stored, from the table and from the copies of what has left it. */
export class StoredPages {
  constructor(
    private readonly table: TablePages,
    private readonly archive: LogArchive,
  ) {}

  /** A range in order, some events at a time and whatever they look like. Reads some pages ahead. */
  async *of(range: PositionRange, options: StoredPagesOptions): AsyncGenerator<readonly StoredEvent[]> {
    for await (const { pieces } of this.#ahead(range, PAGE, options)) yield* pieces;
  }

  /** The same of some types only, with how far it has come: most pages may hold none of them. */
  async *ofTypes(range: PositionRange, types: readonly string[]): AsyncGenerator<TypedPage> {
    for await (const { through, pieces } of this.#ahead(range, TYPED_PAGE, { hashes: false, types }))
      yield { through, events: [...pieces].flat() };
  }

  async *#ahead(
    { after, through }: PositionRange,
    size: number,
    options: StoredPagesOptions,
  ): AsyncGenerator<{ readonly through: number; readonly pieces: Pieces }> {
    const underWay: { readonly through: number; readonly page: Promise<Pieces> }[] = [];
    for (let asked = after; asked < through || underWay.length > 0;) {
      while (asked < through && underWay.length <= AHEAD) {
        const range = { after: asked, through: Math.min(asked + size, through) };
        const page = this.#page(range, options);
        page.catch(() => {}); // whoever asks for the page gets the error
        underWay.push({ through: range.through, page });
        asked = range.through;
      }
      const next = underWay.shift();
      if (next) yield { through: next.through, pieces: await next.page };
    }
  }

  async #page({ after, through }: PositionRange, options: StoredPagesOptions): Promise<Pieces> {
    if (after >= this.archive.knownThrough) {
      const page = await this.table.read({ after, through }, options);
      // Where rows are missing they may have left the table meanwhile, unless they are of another type.
      if (page.length === through - after || after >= (await this.archive.through())) return page.events();
    }
    const archived: (readonly StoredEvent[])[] = [];
    const end = Math.min(through, this.archive.knownThrough);
    for (let reached = after; reached < end;) {
      const part = await this.#archived({ after: reached, through: end }, options);
      if (part.events.length > 0) archived.push(part.events);
      reached = part.end;
    }
    return end < through ? [...archived, ...(await this.#page({ after: end, through }, options))] : archived;
  }

  async #archived(
    range: PositionRange,
    { onDamage, types }: StoredPagesOptions,
  ): Promise<{ readonly events: readonly StoredEvent[]; readonly end: number }> {
    try {
      const events = await this.archive.page(range);
      const wanted = types ? events.filter(({ type }) => types.includes(type)) : events;
      return { events: wanted, end: events.at(-1)?.position ?? range.through };
    } catch (error) {
      if (!onDamage || !(error instanceof CodedError) || !hasCode(error, 'log.archive-damaged')) throw error;
      onDamage(error);
      return { events: [], end: Math.min(Number(error.details['to'] ?? range.through), range.through) };
    }
  }
}
