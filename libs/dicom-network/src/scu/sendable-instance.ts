import type { Readable } from 'node:stream';

/** The data set of an object in one transfer syntax. */
export interface StoredForm {
  readonly transferSyntaxUid: string;
  /** The bytes of the data set, without file meta information. Read once and closed. */
  open(): Promise<Readable>;
}

/** An object that can be sent as it is stored. */
export interface SendableInstance extends StoredForm {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
}

/**
 * Other forms in which an object can be sent where the peer refuses the one it is stored in, in the order of preference.
 * Asked for every object before the association is requested: a form is made when it is opened, not before.
 */
export type Alternatives = (instance: SendableInstance) => readonly StoredForm[];

/** What the peer said of one object. */
export interface SendReceipt {
  readonly sopInstanceUid: string;
  /** DIMSE status; 0x0122 also where the peer refused the presentation context and nothing was sent. */
  readonly status: number;
  /** The peer's Error Comment, or why nothing was sent. */
  readonly comment: string | undefined;
  /** The transfer syntax it was sent in; undefined where nothing was sent. */
  readonly transferSyntaxUid: string | undefined;
}
