import { hkdfSync } from 'node:crypto';

/** A key for one purpose from a key for many (RFC 5869). @param purpose never changes: what is derived would */
export const derive = (key: Buffer, purpose: string, bytes = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `waystation ${purpose}`, bytes));
