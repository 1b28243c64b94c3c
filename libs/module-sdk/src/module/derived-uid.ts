import { createHash } from 'node:crypto';

/**
 * A UID for an object that is made of others (PS3.5 B.2, UUID-derived). The same parts always give the same: an attempt that is
 * made again makes the same objects.
 * @param parts such as the name of the app and the UID of what it is made of
 */
export const derivedUid = (...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  // Version and variant of a UUID made by its author (RFC 9562 5.8).
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${digest.subarray(0, 16).toString('hex')}`)}`;
};
