import type { AcceptedAeTitles } from './setting-kinds.js';

/** How the receiver listens, whom it takes, and how much of anybody. */
export interface DicomSettings {
  readonly host: string;
  /** Without TLS; 0 is any that is free, undefined none. */
  readonly port: number | undefined;
  /** Undefined: nothing is received over TLS. */
  readonly tls: DicomTlsSettings | undefined;
  readonly aeTitle: string;
  readonly acceptCalledAeTitles: AcceptedAeTitles;
  readonly acceptCallingAeTitles: AcceptedAeTitles;
  /** Of one receiver, over all its ports. */
  readonly maxAssociations: number;
  readonly maxAssociationsPerCaller: number;
  readonly maxAssociationsPerAddress: number;
  readonly maxObjectBytes: number;
  /** Bytes per second; 0 is any rate. */
  readonly minimumRate: number;
  /** Bytes. */
  readonly maximumPduLength: number;
  readonly artimSeconds: number;
  readonly idleSeconds: number;
  readonly operationsWindow: number;
  /** Processes that share the ports. */
  readonly receivers: number;
}

/** How the receiver speaks TLS. The paths are absolute; nobody has looked at the files yet. */
export interface DicomTlsSettings {
  /** 0 is any that is free. */
  readonly port: number;
  readonly certificateFile: string;
  readonly keyFile: string;
  readonly keyPassphraseFile: string | undefined;
  /** There, unless callers are asked for no certificate. */
  readonly caFile: string | undefined;
  readonly clientCertificates: 'require' | 'request' | 'none';
}
