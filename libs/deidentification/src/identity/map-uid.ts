import { isDicomUid } from '@waystation/kernel';
import { keyedHash } from './keyed-hash.js';

/** Root of what the standard itself has registered: SOP classes, and well-known instances and frames of reference. */
const REGISTERED = '1.2.840.10008.';

/**
 * Another UID in place of one, always the same with the same secret, below 2.25 (PS3.5 B.2). UIDs that the standard
 * registered say nothing of anybody and stay.
 */
export const mapUid = (uid: string, secret: string): string => {
  if (uid.startsWith(REGISTERED) && isDicomUid(uid)) return uid;
  const bytes = keyedHash(secret, `uid:${uid}`).subarray(0, 16);
  // The marks of a UUID: version 8, made in a way of its own (RFC 9562 5.8).
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${bytes.toString('hex')}`)}`;
};
