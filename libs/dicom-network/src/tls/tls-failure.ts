import { messageOf } from '@waystation/kernel';
import { WRONG_FINGERPRINT } from './client-tls.js';

/** Why TLS with a peer failed: the end of the error's code, and what is said of the peer. */
export interface TlsFailure {
  readonly code: 'tls-not-spoken' | 'tls-refused' | 'tls-untrusted' | 'tls-wrong-name' | 'tls-failed';
  readonly what: string;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** OpenSSL's errors are long lines of which the reason is the sixth part. */
export const tlsReason = (error: unknown): string => messageOf(error).split(':')[5]?.trim() ?? messageOf(error);

/** Codes of OpenSSL's certificate verification, as Node gives them. */
const UNTRUSTED = /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|CRL_)/;
const NOT_TLS = /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH_TOO_LONG|RECORD_LAYER_FAILURE|UNEXPECTED_MESSAGE/;

/**
 * Puts an error of a connection over TLS into words for its caller, or gives undefined where TLS has nothing to do with
 * it.
 * @param secured whether the handshake was done
 */
export const tlsFailure = (error: unknown, secured: boolean): TlsFailure | undefined => {
  const code = codeOf(error);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { code: 'tls-wrong-name', what: `shows a certificate for another name: ${messageOf(error)}` };
  }
  if (code === WRONG_FINGERPRINT)
    return { code: 'tls-untrusted', what: `is another than expected: ${messageOf(error)}` };
  if (UNTRUSTED.test(code)) {
    return { code: 'tls-untrusted', what: `shows a certificate that cannot be trusted: ${messageOf(error)} (${code})` };
  }
  if (code.includes('_ALERT_')) return { code: 'tls-refused', what: `refused TLS with us: ${tlsReason(error)}` };
  if (NOT_TLS.test(code) && !secured)
    return { code: 'tls-not-spoken', what: `does not speak TLS: ${tlsReason(error)}` };
  if (code.startsWith('ERR_SSL_')) return { code: 'tls-failed', what: `broke TLS: ${tlsReason(error)}` };
  if (!secured) return { code: 'tls-refused', what: `closed the connection during the TLS handshake` };
  return undefined;
};
