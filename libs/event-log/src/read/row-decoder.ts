import { InstantReader } from './instant-reader.js';
import { KnownTexts } from './known-texts.js';
import type { StoredEvent } from './stored-event.js';

/** The columns that {@link RowDecoder} reads from `log.event`; behind them `hash` may come, or not. */
export const COPIED_COLUMNS = 'position, stream_no, version, type, recorded_at, occurred_at, data, meta';
const COLUMNS_WITH_HASH = 9;

/** `PGCOPY…` with its flags, in front of the first row. */
const HEADER_BYTES = 19;
const HEADER_START = 'P'.charCodeAt(0);
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;
const NO_HASH = Buffer.alloc(0);

const int8 = (bytes: Buffer, at: number): number => bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);

/**
 * Reads rows of `log.event` from the binary format of COPY ("File Formats" of the Postgres manual): the number of columns,
 * and for each column its length and its bytes, big-endian.
 */
export class RowDecoder {
  readonly #recorded = new InstantReader();
  readonly #occurred = new InstantReader();
  readonly #types = new KnownTexts();
  readonly #metadata = new KnownTexts();

  /** Where the row is in a message. */
  static rowAt(bytes: Buffer, at: number): number {
    return bytes[at] === HEADER_START ? at + HEADER_BYTES : at;
  }

  /** Whether there is no row but the end of the copy. */
  static isEnd(bytes: Buffer, row: number): boolean {
    return bytes.readInt16BE(row) < 0;
  }

  /** The number of the stream in the row at a place of the bytes. */
  static streamNo(bytes: Buffer, row: number): number {
    return int8(bytes, row + COUNT_BYTES + LENGTH_BYTES + 8 + LENGTH_BYTES);
  }

  /** The event in the row at a place of the bytes. @param names of streams by number */
  decode(bytes: Buffer, row: number, names: ReadonlyMap<number, string>): StoredEvent {
    const positionAt = row + COUNT_BYTES + LENGTH_BYTES;
    const streamAt = positionAt + 8 + LENGTH_BYTES;
    const sequenceAt = streamAt + 8 + LENGTH_BYTES;
    const typeAt = sequenceAt + 4 + LENGTH_BYTES;
    const typeEnd = typeAt + bytes.readInt32BE(typeAt - LENGTH_BYTES);
    const recordedAt = typeEnd + LENGTH_BYTES;
    const occurredAt = recordedAt + 8 + LENGTH_BYTES;
    const dataAt = occurredAt + 8 + LENGTH_BYTES;
    const dataEnd = dataAt + bytes.readInt32BE(dataAt - LENGTH_BYTES);
    const metadataAt = dataEnd + LENGTH_BYTES;
    const metadataEnd = metadataAt + bytes.readInt32BE(dataEnd);
    const number = int8(bytes, streamAt);
    return {
      position: int8(bytes, positionAt),
      stream: names.get(number) ?? `(no stream ${number})`,
      sequence: bytes.readInt32BE(sequenceAt),
      type: this.#types.read(bytes, typeAt, typeEnd),
      time: this.#occurred.read(bytes, occurredAt),
      recordedtime: this.#recorded.read(bytes, recordedAt),
      data: bytes.toString('utf8', dataAt, dataEnd),
      metadata: this.#metadata.read(bytes, metadataAt, metadataEnd),
      hash: bytes.readInt16BE(row) === COLUMNS_WITH_HASH ? hashAt(bytes, metadataEnd) : NO_HASH,
    };
  }
}

const hashAt = (bytes: Buffer, at: number): Buffer => {
  const from = at + LENGTH_BYTES;
  return Buffer.from(bytes.subarray(from, from + bytes.readInt32BE(at)));
};
