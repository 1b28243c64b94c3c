import type { Implementation } from '../association/implementation.js';
import type { ClientTls } from '../tls/client-tls.js';

/** Whom to call, and how. */
export interface Peer {
  readonly host: string;
  readonly port: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  /** How long the peer may take for any one step: to connect, to answer, to take what was sent. Default 30 s. */
  readonly timeoutMs?: number | undefined;
  /** Longest P-DATA-TF that is announced to the peer, bytes. */
  readonly maximumLength?: number | undefined;
  readonly implementation?: Implementation | undefined;
  /** Where it is given, the peer is called over TLS. */
  readonly tls?: ClientTls | undefined;
  /** Breaks off with `dicom-network.cancelled`. */
  readonly signal?: AbortSignal | undefined;
}
