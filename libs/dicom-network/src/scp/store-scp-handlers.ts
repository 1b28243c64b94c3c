import type { Instant } from '@waystation/kernel';
import type { Ending } from '../association/ending.js';
import type { ContextAnswer } from '../association/negotiate.js';
import type { AssociateRequestPdu } from '../pdu/associate-pdu.js';
import type { Rejection } from '../pdu/reject-pdu.js';
import type { Origin } from './origin.js';

/** What a peer asks for. */
export interface AssociationRequest extends AssociateRequestPdu, Origin {}

export type AssociationAnswer =
  | {
      readonly accept: readonly ContextAnswer[];
      /**
       * Given where the user identity was checked and found right: the server response of PS3.7 D.3.3.7.2, empty for user
       * names. The peer gets it only if it asked for one.
       */
      readonly userIdentityResponse?: Buffer | undefined;
    }
  /** `because` is for the record, not for the peer. */
  | { readonly reject: Rejection; readonly because: string };

/** A presentation context of an association; without a transfer syntax it was refused. */
export interface AssociationContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string | null;
}

/** An association that was accepted. */
export interface Association extends Origin {
  /** A UUID. */
  readonly id: string;
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly implementationClassUid: string;
  /** Empty where the peer does not say. */
  readonly implementationVersionName: string;
  /** Longest P-DATA-TF the peer takes, bytes; 0 is no limit. */
  readonly maximumLength: number;
  readonly contexts: readonly AssociationContext[];
  /** The user name, where the policy found the user identity right and it has a name. */
  readonly user?: string | undefined;
  readonly openedAt: Instant;
}

/** One C-STORE, PS3.7 9.1.1. */
export interface StoreRequest {
  readonly messageId: number;
  readonly contextId: number;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly moveOriginatorAeTitle: string | undefined;
  /**
   * The data set as it comes in, to be iterated once. Who takes the chunks slowly slows the peer down; who stops early
   * lets the rest go by. Throws CodedError `dicom-network.connection-lost` where the association ends before the object,
   * and `dicom-network.object-too-large`; the peer is then told 0xA700.
   */
  readonly data: AsyncIterable<Buffer>;
}

export interface StoreAnswer {
  /** DIMSE status, for example 0x0000. */
  readonly status: number;
  /** Error Comment (0000,0902), cut to 64 characters. Goes to the peer. */
  readonly comment?: string | undefined;
}

/** A connection that did not become an association. */
export interface Refusal extends Origin {
  /** Empty where it did not get as far as a readable association request. */
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly reason: string;
}

/** A C-STORE that was refused for what its command says: its data set was not looked at. */
export interface RefusedStore {
  /** As the peer wrote it, which may be anything; empty where it wrote none. */
  readonly sopInstanceUid: string;
  /** What the peer is told. */
  readonly answer: StoreAnswer;
}

/** An operation that is not served here, such as C-FIND. */
export interface RefusedOperation {
  /** Command Field (0000,0100), PS3.7 table E.1-1. */
  readonly commandField: number;
  /** What PS3.7 calls it, `C-FIND`; `unknown` where it knows no such operation. */
  readonly operation: string;
  /** The SOP class of the presentation context that it came in. */
  readonly abstractSyntax: string;
  /** What the peer is told. */
  readonly answer: StoreAnswer;
}

/** Who decides and stores. */
export interface StoreScpHandlers {
  /**
   * Asked once per association request. May throw: the peer is then rejected for now. The credential of the request's
   * user identity is overwritten when this returns.
   */
  associate(request: AssociationRequest): AssociationAnswer;
  /** A rejection, a limit, a peer that speaks something else or nothing. */
  refused?(refusal: Refusal): void;
  accepted?(association: Association): void;
  /** Called for one object of an association at a time; the answer is sent when the promise is settled. */
  store(association: Association, request: StoreRequest): Promise<StoreAnswer>;
  /** The answer is sent when the promise is settled, so that who is refused much does not outrun who writes it down. */
  storeRefused?(association: Association, refused: RefusedStore): Promise<void>;
  /** The answer is sent when the promise is settled. */
  operationRefused?(association: Association, refused: RefusedOperation): Promise<void>;
  /** A handler threw although the connection is sound. The peer was told 0x0110, or rejected. */
  handlerFailed?(error: unknown, association?: Association): void;
  /** The last call for an association that was accepted; none of its `store` calls is still running. */
  ended(association: Association, ending: Ending): void;
}
