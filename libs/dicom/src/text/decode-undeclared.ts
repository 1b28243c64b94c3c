import { isUtf8 } from 'node:buffer';
import type { DecodedText } from './decode-with.js';

/**
 * Text in a character set nobody declared: UTF-8 if it is that, which hardly happens by chance, else Latin-1, which
 * has a character for every byte.
 */
export const decodeUndeclared = (bytes: Buffer): DecodedText => ({
  text: bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1'),
  faithful: bytes.every((byte) => byte < 0x80),
});
