import type { EventLog } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';

/** Events of one stream that are read at once: memory holds so many of each. */
const WINDOW = 64;

/** One stream, read window by window. */
class Cursor {
  #events: readonly RecordedEvent[] = [];
  #at = 0;
  #sequence = 0;

  constructor(
    private readonly log: Pick<EventLog, 'readStream'>,
    private readonly stream: string,
  ) {}

  get next(): RecordedEvent | undefined {
    return this.#events[this.#at];
  }

  /** Goes to the next event behind a position. */
  async advance(after: number): Promise<void> {
    this.#at += 1;
    while (this.next === undefined || this.next.position <= after) {
      if (this.next !== undefined) this.#at += 1;
      else if (!(await this.#read())) return;
    }
  }

  async #read(): Promise<boolean> {
    const range = { after: this.#sequence, through: this.#sequence + WINDOW };
    this.#events = await this.log.readStream(this.stream, range);
    this.#at = 0;
    this.#sequence = this.#events.at(-1)?.sequence ?? this.#sequence;
    return this.#events.length > 0;
  }
}

/** The events of several streams in a range of positions, in the order of these. What else is in the log is not read. */
export async function* mergedStreams(
  log: Pick<EventLog, 'readStream'>,
  streams: readonly string[],
  { after, through }: { readonly after: number; readonly through: number },
): AsyncGenerator<RecordedEvent> {
  const cursors = streams.map((stream) => new Cursor(log, stream));
  for (const cursor of cursors) await cursor.advance(after);
  for (;;) {
    const first = cursors.reduce<Cursor | undefined>((best, one) => (isBefore(one, best) ? one : best), undefined);
    if (first?.next === undefined || first.next.position > through) return;
    yield first.next;
    await first.advance(after);
  }
}

const isBefore = (one: Cursor, best: Cursor | undefined): boolean =>
  one.next !== undefined && (best?.next === undefined || one.next.position < best.next.position);
