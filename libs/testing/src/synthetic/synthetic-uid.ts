import { createHash, randomUUID } from 'node:crypto';

/** A UID below 2.25 (PS3.5 B.2): always the same for the same seed, and never the same twice without one. */
export const syntheticUid = (seed?: string): string => {
  const hexadecimal =
    seed === undefined
      ? randomUUID().replaceAll('-', '')
      : createHash('sha256').update(seed).digest('hex').slice(0, 32);
  return `2.25.${BigInt(`0x${hexadecimal}`)}`;
};
