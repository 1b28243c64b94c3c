import type { Readable } from 'node:stream';

/** An object that can be sent as it is stored. */
export interface SendableInstance {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  /** The transfer syntax the data set is in: the only one that is proposed for it. */
  readonly transferSyntaxUid: string;
  /** The bytes of the data set, without file meta information. Read once and closed. */
  open(): Promise<Readable>;
}

/** What the peer said of one object. */
export interface SendReceipt {
  readonly sopInstanceUid: string;
  /** DIMSE status; 0x0122 also where the peer refused the presentation context and nothing was sent. */
  readonly status: number;
  /** The peer's Error Comment, or why nothing was sent. */
  readonly comment: string | undefined;
}
