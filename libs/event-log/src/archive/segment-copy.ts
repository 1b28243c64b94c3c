import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import type { StoredEvent } from '../read/stored-event.js';
import { ArchiveDirectory } from './archive-directory.js';
import { fromArchivedLine } from './archived-line.js';
import type { ArchivedSegment } from './archived-segment.js';
import { occurrencesOf, type Occurrence } from './stream-index.js';

const unpack = promisify(gunzip);

/** Reads the copy of one segment, a member at a time. */
export class SegmentCopy {
  private constructor(
    private readonly objects: Pick<ObjectStore, 'get'>,
    private readonly segment: ArchivedSegment,
    private readonly directory: ArchiveDirectory,
  ) {}

  /** @throws log.archive-damaged, object-store.unavailable */
  static async open(objects: Pick<ObjectStore, 'get'>, segment: ArchivedSegment): Promise<SegmentCopy> {
    const { key, from, to, directoryAt } = segment;
    const directory = await orDamaged(key, { from, to }, async () => {
      const [line = ''] = await linesOf(objects, key, directoryAt);
      const found = ArchiveDirectory.parse(JSON.parse(line));
      if (found.from === from && found.to === to) return found;
      throw new Error(`it is about positions ${found.from} to ${found.to}`);
    });
    return new SegmentCopy(objects, segment, directory);
  }

  get members(): number {
    return this.directory.members.length - 1;
  }

  /** The number of the member that holds a position. */
  memberOf(position: number): number {
    return Math.floor((position - this.segment.from) / this.directory.eventsPerMember);
  }

  /** The events of a member. @throws log.archive-damaged, object-store.unavailable */
  async member(number: number): Promise<readonly StoredEvent[]> {
    const { eventsPerMember, members } = this.directory;
    const from = this.segment.from + number * eventsPerMember;
    const to = Math.min(from + eventsPerMember - 1, this.segment.to);
    return orDamaged(this.segment.key, { from, to }, async () => {
      const lines = await linesOf(this.objects, this.segment.key, members[number] ?? 0, members[number + 1]);
      const events = lines.map(fromArchivedLine);
      const isWhole = events.length === to - from + 1 && events.every(({ position }, at) => position === from + at);
      if (isWhole) return events;
      throw new Error(`it has ${events.length} events there, and they are not the right ones`);
    });
  }

  /** The members in which a stream occurs, ascending. @throws log.archive-damaged, object-store.unavailable */
  async occurrences(stream: string): Promise<readonly Occurrence[]> {
    const { index } = this.directory;
    const at = index.findLastIndex(([first]) => first <= stream);
    const begin = index[at]?.[1];
    if (begin === undefined) return [];
    const end = index[at + 1]?.[1] ?? this.segment.directoryAt;
    const { key, from, to } = this.segment;
    return orDamaged(key, { from, to }, async () =>
      occurrencesOf(stream, await linesOf(this.objects, key, begin, end)),
    );
  }
}

/** The lines of a member. @param end where it ends; the end of the object where it is left out */
const linesOf = async (
  objects: Pick<ObjectStore, 'get'>,
  key: string,
  offset: number,
  end?: number,
): Promise<readonly string[]> => {
  const range = end === undefined ? { offset } : { offset, length: end - offset };
  const text = (await unpack(await buffer(await objects.get(key, range)))).toString('utf8');
  return text.split('\n').slice(0, -1);
};

const orDamaged = async <Result>(
  key: string,
  { from, to }: { readonly from: number; readonly to: number },
  read: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await read();
  } catch (error) {
    if (hasCode(error, 'object-store.unavailable')) throw error;
    const message = `positions ${from} to ${to} cannot be read from their copy ${key}: ${messageOf(error)}`;
    throw new CodedError('log.archive-damaged', message, { cause: error, details: { from, to } });
  }
};
