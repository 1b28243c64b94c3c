import { CodedError } from '@waystation/kernel';
import { KEY_BYTES } from '../cipher/aes-gcm.js';

const HEXADECIMAL = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

/** How to make a key. */
export const howToMakeAKey = 'openssl rand -base64 32';

/**
 * A key of 32 bytes, written in base64 or hexadecimal.
 * @param where the setting it comes from, for the error
 * @throws CodedError `identity.invalid-key`, which does not show what is there
 */
export const parseKey = (text: string, where: string): Buffer => {
  const trimmed = text.trim();
  if (HEXADECIMAL.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (BASE64.test(trimmed)) return Buffer.from(trimmed, 'base64');
  const message = `${where} holds ${trimmed.length} characters that are no key: expected ${KEY_BYTES} bytes in base64 or hexadecimal, as \`${howToMakeAKey}\` writes them`;
  throw new CodedError('identity.invalid-key', message);
};
