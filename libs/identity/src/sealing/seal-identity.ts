import { createHmac } from 'node:crypto';
import type { Identity } from '@waystation/events';
import { encrypt, IV_BYTES } from '../cipher/aes-gcm.js';
import type { DataKey } from './data-key.js';

/** Bytes: the length of what is sealed tells a name apart from no name, not one name from another. */
const BLOCK = 128;

/**
 * Seals facts for a place. The initialization vector is a keyed hash of place and facts (as in RFC 5297): the same facts
 * for the same place give the same, others never share a vector, and no counter has to survive a crash.
 * @param text the facts as {@link factsText} writes them
 */
export const sealIdentity = (key: DataKey, place: string, text: string): Identity => {
  const plaintext = padded(text);
  const iv = createHmac('sha256', key.vectors).update(`${place}\n`).update(plaintext).digest().subarray(0, IV_BYTES);
  const { ciphertext, tag } = encrypt(key.encryption, iv, place, plaintext);
  return {
    scheme: 'sealed',
    key: key.id,
    iv: iv.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: tag.toString('base64'),
  };
};

/** JSON may be followed by spaces. */
const padded = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  const bytes = Buffer.alloc(Math.ceil(length / BLOCK) * BLOCK, ' ');
  bytes.write(text);
  return bytes;
};
