/** Bytes in front of every object in a segment. */
export const RECORD_HEAD_BYTES = 64;
/** Records begin at multiples of this, so that one can be found behind a write that failed. */
export const RECORD_ALIGNMENT = 512;

const MAGIC = Buffer.from('WSOBJ\r\n\x01', 'latin1');

export interface RecordHead {
  /** Bytes of the object. */
  readonly length: number;
  /** SHA-256 of the object as the caller gave it, hexadecimal. */
  readonly sha256: string;
  /** When it was written, milliseconds since 1970; 0 where nobody asks. */
  readonly writtenAt: number;
  /** Bytes of the text behind the object. */
  readonly labelLength: number;
}

/**
 * Says what follows, so that a segment can be read without any database: magic, length (64 bit LE), SHA-256, time (64 bit
 * LE), length of the label (16 bit LE), zeros.
 */
export const encodeRecordHead = ({ length, sha256, writtenAt, labelLength }: RecordHead): Buffer => {
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  MAGIC.copy(head, 0);
  head.writeBigUInt64LE(BigInt(length), 8);
  head.write(sha256, 16, 'hex');
  head.writeBigUInt64LE(BigInt(writtenAt), 48);
  head.writeUInt16LE(labelLength, 56);
  return head;
};

/** What a head says; undefined where there is none. */
export const decodeRecordHead = (bytes: Buffer): RecordHead | undefined =>
  bytes.length >= RECORD_HEAD_BYTES && bytes.subarray(0, 8).equals(MAGIC)
    ? {
        length: Number(bytes.readBigUInt64LE(8)),
        sha256: bytes.toString('hex', 16, 48),
        writtenAt: Number(bytes.readBigUInt64LE(48)),
        labelLength: bytes.readUInt16LE(56),
      }
    : undefined;

const ERASED = Buffer.from('WSGONE\r\n', 'latin1');

/** In place of the head of what was erased: magic, and how many bytes behind it say nothing (64 bit LE). */
export const encodeErasedHead = (length: number): Buffer => {
  const head = Buffer.alloc(RECORD_HEAD_BYTES);
  ERASED.copy(head, 0);
  head.writeBigUInt64LE(BigInt(length), 8);
  return head;
};

/** How many bytes behind it say nothing; undefined where nothing was erased. */
export const erasedLength = (bytes: Buffer): number | undefined =>
  bytes.length >= RECORD_HEAD_BYTES && bytes.subarray(0, 8).equals(ERASED)
    ? Number(bytes.readBigUInt64LE(8))
    : undefined;

/** Bytes that a record takes, up to where the next may begin. */
export const recordBytes = ({ length, labelLength }: Pick<RecordHead, 'length' | 'labelLength'>): number =>
  Math.ceil((RECORD_HEAD_BYTES + length + labelLength) / RECORD_ALIGNMENT) * RECORD_ALIGNMENT;
