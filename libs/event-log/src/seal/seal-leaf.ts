import { hash } from 'node:crypto';
import type { Instant } from '@waystation/kernel';

/** What the log vouches for when it seals an event. */
export interface SealedPlace {
  readonly position: number;
  readonly sequence: number;
  readonly recordedtime: Instant;
  /** The hash of the event, 32 bytes, see `eventHash`. */
  readonly hash: Buffer;
}

// One piece of memory for every leaf: hashes are made millions at a time.
const bytes = Buffer.alloc(53);

/** Events that were appended together were recorded at the same time. */
let lastTime = '';
let lastMs = 0n;

const millisecondsOf = (time: Instant): bigint => {
  if (time !== lastTime) {
    const ms = Date.parse(time);
    lastMs = Number.isNaN(ms) ? 0n : BigInt(ms); // no instant is an instant that was changed
    lastTime = time;
  }
  return lastMs;
};

/**
 * The leaf of an event in the Merkle tree of a seal: SHA-256 over 53 bytes
 *
 *     0        0x00, the leaf prefix of RFC 6962
 *     1 … 8    position, unsigned, big-endian
 *     9 … 12   sequence, unsigned, big-endian
 *     13 … 20  recorded time, milliseconds since 1970 in UTC, signed, big-endian
 *     21 … 52  hash of the event
 *
 * @returns 32 bytes
 */
export const sealLeaf = ({ position, sequence, recordedtime, hash: eventHash }: SealedPlace): Buffer => {
  bytes.writeUInt32BE(Math.floor(position / 2 ** 32), 1);
  bytes.writeUInt32BE(position % 2 ** 32, 5);
  bytes.writeUInt32BE(sequence >>> 0, 9);
  bytes.writeBigInt64BE(millisecondsOf(recordedtime), 13);
  eventHash.copy(bytes, 21);
  return hash('sha256', bytes, 'buffer');
};
