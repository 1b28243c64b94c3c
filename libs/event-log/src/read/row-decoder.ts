import { InstantReader } from './instant-reader.js';
import type { StoredEvent } from './stored-event.js';

/** The columns that {@link RowDecoder} reads from `log.event`; the last one may be left out. */
export const COPIED_COLUMNS = 'position, stream_no, version, type, recorded_at, occurred_at, data, meta';

/** An event whose stream is filled in later: the row has only its number. */
export interface CopiedEvent extends StoredEvent {
  stream: string;
}

/** `PGCOPY…` with its flags, in front of the first row. */
const HEADER_BYTES = 19;
const HEADER_START = 'P'.charCodeAt(0);
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

  /** @returns the event and the number of its stream; undefined for the end of the copy */
  decode(bytes: Buffer): { readonly event: CopiedEvent; readonly streamNo: number } | undefined {
    let at = bytes[0] === HEADER_START ? HEADER_BYTES : 0;
    const columns = bytes.readInt16BE(at);
    if (columns < 0) return undefined;
    at += 2 + LENGTH_BYTES;
    const position = int8(bytes, at);
    const streamNo = int8(bytes, (at += 8 + LENGTH_BYTES));
    const sequence = bytes.readInt32BE((at += 8 + LENGTH_BYTES));
    const typeAt = at + 4 + LENGTH_BYTES;
    const typeEnd = typeAt + bytes.readInt32BE(typeAt - LENGTH_BYTES);
    const recordedAt = typeEnd + LENGTH_BYTES;
    const occurredAt = recordedAt + 8 + LENGTH_BYTES;
    const dataAt = occurredAt + 8 + LENGTH_BYTES;
    const dataEnd = dataAt + bytes.readInt32BE(dataAt - LENGTH_BYTES);
    const metadataAt = dataEnd + LENGTH_BYTES;
    const metadataEnd = metadataAt + bytes.readInt32BE(dataEnd);
    const hashAt = metadataEnd + LENGTH_BYTES;
    const event = {
      position,
      stream: '',
      sequence,
      type: bytes.toString('utf8', typeAt, typeEnd),
      time: this.#occurred.read(bytes, occurredAt),
      recordedtime: this.#recorded.read(bytes, recordedAt),
      data: bytes.toString('utf8', dataAt, dataEnd),
      metadata: bytes.toString('utf8', metadataAt, metadataEnd),
      hash: columns === 9 ? Buffer.from(bytes.subarray(hashAt, hashAt + bytes.readInt32BE(metadataEnd))) : NO_HASH,
    };
    return { event, streamNo };
  }
}
