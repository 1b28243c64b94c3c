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
  const bytes = Buffer.alloc(53);
  bytes.writeBigUInt64BE(BigInt(position), 1);
  bytes.writeUInt32BE(sequence, 9);
  bytes.writeBigInt64BE(BigInt(Date.parse(recordedtime)), 13);
  eventHash.copy(bytes, 21);
  return hash('sha256', bytes, 'buffer');
};
