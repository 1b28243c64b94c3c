import { CodedError, type Instant } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { Pool } from 'pg';
import { queryRows } from '../connection/query-rows.js';
import type { StoredEvent } from '../read/stored-event.js';
import type { PositionRange } from '../read/table-pages.js';
import type { ArchivedSegment } from './archived-segment.js';
import { SegmentCopy } from './segment-copy.js';
import { Lately } from './lately.js';

const OPEN_COPIES = 8;
const UNPACKED_MEMBERS = 16;

const statement = {
  name: 'log-archived-segments',
  text: `select lo, hi, object_key, directory_at, recorded_from from log.segment
    where state in ('detached', 'dropped') order by lo`,
};

/** Reads the beginning of a log that is no longer in its table, from the copies in the object store. */
export class LogArchive {
  readonly #copies = new Lately<SegmentCopy>(OPEN_COPIES);
  readonly #members = new Lately<readonly StoredEvent[]>(UNPACKED_MEMBERS);
  #segments: readonly ArchivedSegment[] = [];

  /** @param objects where the copies are; without it a log can only be read as far as its table goes */
  constructor(
    private readonly pool: Pool,
    private readonly objects: Pick<ObjectStore, 'get'> | undefined,
  ) {}

  /** The last position that was known to be only in copies when {@link through} looked last. */
  get knownThrough(): number {
    return this.#segments.at(-1)?.to ?? 0;
  }

  /** The last position that is only in copies; 0 where the table holds the whole log. */
  async through(): Promise<number> {
    type Row = [from: number, to: number, key: string, directoryAt: number, recordedFrom: Instant];
    const rows = await queryRows<Row>(this.pool, statement, []);
    this.#segments = rows.map(([from, to, key, directoryAt, recordedFrom]) => ({
      from,
      to,
      key,
      directoryAt,
      recordedFrom,
    }));
    return this.knownThrough;
  }

  /**
   * The first events of a range that begins in copies.
   * @throws log.archive-damaged with the positions concerned, log.archive-not-given, object-store.unavailable
   */
  async page({ after, through }: PositionRange): Promise<readonly StoredEvent[]> {
    const segment = this.#segments.find(({ to }) => to > after);
    if (!segment) return [];
    const copy = await this.#copy(segment);
    const events = await this.#member(segment, copy, copy.memberOf(after + 1));
    return events.filter(({ position }) => position > after && position <= through);
  }

  /**
   * The events of a stream that are only in copies.
   * @param range sequences: behind `after`, up to and with `through`
   * @param firstPosition where the stream begins
   */
  async streamPart(
    stream: string,
    range: { readonly after: number; readonly through: number },
    firstPosition: number,
  ): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    for (const segment of this.#segments.filter(({ to }) => to >= firstPosition)) {
      const copy = await this.#copy(segment);
      const occurrences = await copy.occurrences(stream);
      for (const [at, { member, sequence }] of occurrences.entries()) {
        const next = occurrences[at + 1]?.sequence ?? Infinity;
        if (next <= range.after + 1 || sequence > range.through) continue;
        const events = await this.#member(segment, copy, member);
        found.push(...events.filter((event) => event.stream === stream && isWithin(event.sequence, range)));
      }
    }
    return found;
  }

  /** The last position in copies that was recorded at or before an instant; 0 where there is none. */
  async positionAt(at: Instant): Promise<number> {
    const segment = this.#segments.findLast(({ recordedFrom }) => recordedFrom <= at);
    if (!segment) return 0;
    const copy = await this.#copy(segment);
    let [low, high] = [0, copy.members - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const [first] = await this.#member(segment, copy, middle);
      if (first && first.recordedtime <= at) low = middle;
      else high = middle - 1;
    }
    const events = await this.#member(segment, copy, low);
    return events.findLast(({ recordedtime }) => recordedtime <= at)?.position ?? 0;
  }

  #copy(segment: ArchivedSegment): Promise<SegmentCopy> {
    const { objects } = this;
    if (!objects) {
      const message = `positions ${segment.from} to ${segment.to} are in the object store, and this log was opened without it`;
      throw new CodedError('log.archive-not-given', message);
    }
    return this.#copies.get(segment.key, () => SegmentCopy.open(objects, segment));
  }

  #member({ key }: ArchivedSegment, copy: SegmentCopy, number: number): Promise<readonly StoredEvent[]> {
    return this.#members.get(`${key} ${number}`, () => copy.member(number));
  }
}

const isWithin = (
  sequence: number,
  { after, through }: { readonly after: number; readonly through: number },
): boolean => sequence > after && sequence <= through;
