import type { TLSSocket } from 'node:tls';

/** What both ends of a connection over TLS agreed on. */
export interface TlsSession {
  /** `TLSv1.2` or `TLSv1.3`. */
  readonly version: string;
  /** The cipher suite, as IANA calls it: `TLS_AES_128_GCM_SHA256`. */
  readonly cipher: string;
}

/** What was agreed on, once the handshake is done. */
export const tlsSession = (socket: TLSSocket): TlsSession => ({
  version: socket.getProtocol() ?? '',
  cipher: socket.getCipher().standardName,
});
