import { createHash } from 'node:crypto';

const BLOCK_BYTES = 64;
const INNER = 0x36;
const OUTER = 0x5c;

/** HMAC with SHA-256 (RFC 2104): nobody gets from the hash to the text, or makes the same hash, without the key. */
export const keyedHash = (key: string, text: string): Buffer => {
  const bytes = Buffer.from(key);
  const short = bytes.length > BLOCK_BYTES ? createHash('sha256').update(bytes).digest() : bytes;
  const block = Buffer.concat([short], BLOCK_BYTES);
  const inner = createHash('sha256').update(masked(block, INNER)).update(text).digest();
  return createHash('sha256').update(masked(block, OUTER)).update(inner).digest();
};

const masked = (block: Buffer, mask: number): Buffer => Buffer.from(block.map((byte) => byte ^ mask));
