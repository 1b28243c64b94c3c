import type { EventLog } from '@waystation/event-log';
import type { RecordedEvent } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import type { DataSource } from 'typeorm';
import type { ProjectHistory } from '../project-history/project-history.js';
import { fits, namedStreams, type EventFilter } from './event-filter.js';
import { mergedStreams } from './merged-streams.js';
import { SharedPages } from './shared-pages.js';
import { StreamsOfStudy } from './streams-of-study.js';
import { Wake } from './wake.js';

/** Events that fit, and how far the log was looked through for them. */
export interface Piece {
  readonly events: readonly RecordedEvent[];
  /** Whoever asks behind this position gets what follows, without a gap and nothing twice. */
  readonly through: number;
}

/** Events of a piece of named streams. */
const PIECE = 100;
/** Under load one reading serves all that was appended meanwhile. */
const READ_EVERY_MS = 10;
const LOOK_EVERY_MS = 1_000;
const BREATHER_MS = 1_000;

/** A reader with its filter, which learns as it meets events. */
type Takes = (event: RecordedEvent) => boolean;

/** The log for consumers outside: filtered, resumable at any position, first what there is and then what comes. */
export class EventFeed {
  readonly #pages: SharedPages;

  constructor(
    private readonly log: Pick<EventLog, 'readAll' | 'readStream' | 'head' | 'onAppended'>,
    private readonly project: ProjectHistory,
    private readonly views: DataSource,
    private readonly warn: (sentence: string) => void,
  ) {
    this.#pages = new SharedPages(log);
  }

  /**
   * The position that a consumer means.
   * @throws CodedError `feed.unknown-position` behind the end of the log: the consumer knows of events that are not there
   */
  async position(after: number | 'head'): Promise<number> {
    const { position } = await this.log.head();
    if (after === 'head') return position;
    if (after <= position) return after;
    throw new CodedError('feed.unknown-position', `the log ends at position ${position}, before position ${after}`);
  }

  /** What there is behind a position up to the present end of the log. */
  async *present(after: number, filter: EventFilter): AsyncGenerator<Piece> {
    const { position: through } = await this.log.head();
    yield* this.#upTo(await this.#begin(filter, through), { after, through });
  }

  /** What there is behind a position, and then what is appended, until the signal is aborted. Waits while nobody asks. */
  async *follow(after: number, filter: EventFilter, signal: AbortSignal): AsyncGenerator<Piece> {
    const wake = new Wake();
    const silence = this.log.onAppended(wake.ring);
    signal.addEventListener('abort', wake.ring);
    try {
      const { position: head } = await this.log.head();
      const reader = await this.#begin(filter, head);
      yield* this.#upTo(reader, { after, through: head });
      for (let reached = Math.max(after, head); !signal.aborted;) {
        const began = performance.now();
        const page = await this.#read(reached);
        reached = page.at(-1)?.position ?? reached;
        if (page.length > 0) yield { events: page.filter(reader.takes), through: reached };
        else await wake.within(LOOK_EVERY_MS);
        await pause(began + READ_EVERY_MS - performance.now());
      }
    } finally {
      silence();
      signal.removeEventListener('abort', wake.ring);
    }
  }

  async *#upTo(
    { takes, streams }: { readonly takes: Takes; readonly streams: readonly string[] | undefined },
    { after, through }: { readonly after: number; readonly through: number },
  ): AsyncGenerator<Piece> {
    if (after >= through) return;
    if (streams) {
      let events: RecordedEvent[] = [];
      for await (const event of mergedStreams(this.log, streams, { after, through })) {
        if (takes(event)) events.push(event);
        if (events.length < PIECE) continue;
        yield { events, through: event.position };
        events = [];
      }
      return yield { events, through };
    }
    for (let reached = after; reached < through;) {
      const page = (await this.#pages.behind(reached)).filter(({ position }) => position <= through);
      reached = page.at(-1)?.position ?? through;
      yield { events: page.filter(takes), through: reached };
    }
  }

  async #begin(filter: EventFilter, head: number) {
    if (filter.study === '')
      return { takes: (event: RecordedEvent) => fits(event, filter), streams: namedStreams(filter) };
    await this.project.through(head);
    const study = await StreamsOfStudy.knownTo(this.views, filter.study);
    return {
      takes: (event: RecordedEvent) => study.take(event) && fits(event, filter),
      streams: study.names,
    };
  }

  /** The log may be away for a while; a consumer that is connected stays so. */
  async #read(after: number): Promise<readonly RecordedEvent[]> {
    try {
      return await this.#pages.behind(after);
    } catch (error) {
      this.warn(`the feed cannot read behind position ${after}: ${messageOf(error)}`);
      await pause(BREATHER_MS);
      return [];
    }
  }
}

const pause = (milliseconds: number): Promise<void> =>
  milliseconds <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
