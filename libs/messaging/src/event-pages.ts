import type { RecordedEvent } from '@waystation/events';
import type { LogReader } from './log-reader.js';

type Page = ReadonlyMap<number, RecordedEvent>;

/** About as many as come at a time; a consumer that needs one of them pays little for the others. */
const pageSize = 16;
const keptPages = 32;

/**
 * Reads single events, and the log by the page: news comes in the order of the log, so the next is mostly here already.
 * An event never changes, so whatever was read stays true.
 */
export class EventPages {
  readonly #pages = new Map<number, Promise<Page>>();

  constructor(private readonly log: Pick<LogReader, 'read' | 'readAll'>) {}

  /** As {@link LogReader.read}. */
  async read(position: number): Promise<RecordedEvent> {
    const first = position - ((position - 1) % pageSize);
    const before = this.#pages.get(first);
    const known = (await before)?.get(position);
    if (known !== undefined) return known;
    // The page was read when the log was shorter. Of those who notice, the first reads it again for all.
    if (this.#pages.get(first) === before) this.#keep(first, this.#readPage(first));
    return (await this.#pages.get(first))?.get(position) ?? this.log.read(position);
  }

  async #readPage(first: number): Promise<Page> {
    const events = await this.log.readAll({ after: first - 1, limit: pageSize });
    return new Map(events.map((event) => [event.position, event]));
  }

  #keep(first: number, page: Promise<Page>): void {
    this.#pages.delete(first);
    this.#pages.set(first, page);
    page.catch(() => {
      if (this.#pages.get(first) === page) this.#pages.delete(first);
    });
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > keptPages && oldest !== undefined) this.#pages.delete(oldest);
  }
}
