import type { CodedError } from '@waystation/kernel';
import type { AssociateAcceptPdu, AssociateRequestPdu } from '../pdu/associate-pdu.js';
import type { Rejection } from '../pdu/reject-pdu.js';
import type { Ending } from './ending.js';

/** Who uses an upper layer: the indications and confirmations of PS3.8 chapter 7. What it throws is a fault of the peer. */
export interface UpperLayerUser {
  /** A-ASSOCIATE indication, for an acceptor: to be answered with `accept` or `reject` before this returns. */
  associateRequested?(request: AssociateRequestPdu): void;
  /** A-ASSOCIATE confirmation, for a requestor; with a rejection `ended` follows. */
  associateAccepted?(accept: AssociateAcceptPdu): void;
  associateRejected?(rejection: Rejection): void;
  /** P-DATA indication, in views of what was received. */
  fragment(contextId: number, isCommand: boolean, bytes: Buffer, endsMessage: boolean): void;
  /** A-RELEASE indication: to be answered with `respondRelease`, now or later. */
  releaseRequested(): void;
  /** What was sent has left: `congested` is false again. */
  drained(): void;
  /** The peer says nothing more, but may still listen. True to go on, for what is left to be answered. */
  peerFinished(): boolean;
  /** The last call, given once. `fault` is set where the peer broke the protocol. */
  ended(ending: Ending, fault?: CodedError): void;
}
