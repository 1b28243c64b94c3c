import { hash } from 'node:crypto';
import type { LogSealed } from '@waystation/events';

/** What `log.sealed.v1` says. */
export type Seal = LogSealed['data'];

/** What a seal is the hash of. */
export type SealBody = Pick<Seal, 'previous' | 'root' | 'from' | 'to'>;

/** The seal before the first. */
export const NO_SEAL = '0'.repeat(64);

/**
 * The hash that chains a seal to the one before: SHA-256 over 80 bytes
 *
 *     0 … 31   the seal before; zeros for the first
 *     32 … 63  Merkle root over the leaves of `from` to `to`
 *     64 … 71  from, unsigned, big-endian
 *     72 … 79  to, unsigned, big-endian
 *
 * @returns lower-case hexadecimal
 */
export const sealHash = ({ previous, root, from, to }: SealBody): string => {
  const bytes = Buffer.alloc(80);
  bytes.write(previous, 0, 'hex');
  bytes.write(root, 32, 'hex');
  bytes.writeBigUInt64BE(BigInt(from), 64);
  bytes.writeBigUInt64BE(BigInt(to), 72);
  return hash('sha256', bytes, 'hex');
};
