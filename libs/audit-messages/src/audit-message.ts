import type { Instant } from '@waystation/kernel';
import type { Code } from './codes.js';

/** An audit message in the words of PS3.15 A.5.1.1, before it is XML. */
export interface AuditMessage {
  readonly event: {
    readonly id: Code;
    /** Create, Read, Update, Delete, Execute. */
    readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
    readonly dateTime: Instant;
    readonly outcome: Outcome;
    readonly types?: readonly Code[];
    readonly outcomeDescription?: string;
  };
  readonly participants: readonly ActiveParticipant[];
  readonly source: { readonly id: string; readonly siteId: string | undefined };
  readonly objects: readonly ParticipantObject[];
}

/** 0: success; 4: minor failure, the action will be tried again; 8: serious failure, it was given up. */
export type Outcome = 0 | 4 | 8;

/** Somebody who took part. */
export interface ActiveParticipant {
  readonly userId: string;
  readonly aeTitle?: string;
  readonly userName?: string;
  readonly isRequestor: boolean;
  readonly roles: readonly Code[];
  readonly network?: NetworkAccessPoint;
  readonly media?: Code;
}

/** Where somebody is in the network: 1 for a machine's name, 2 for an IP address, 5 for a URI. */
export interface NetworkAccessPoint {
  readonly id: string;
  readonly type: '1' | '2' | '5';
}

/** Something that was acted on. */
export interface ParticipantObject {
  readonly id: string;
  readonly idType: Code;
  /** 1: person, 2: system object. */
  readonly type: '1' | '2';
  /** 1: patient, 3: report, which a study is, 5: master file, 13: security resource (A.5.1.2.2). */
  readonly role?: '1' | '3' | '5' | '13';
  /** 15: permanent erasure (A.5.1.2.3). */
  readonly lifeCycle?: '15';
  /** The schema wants a name or a query; empty where there is neither. */
  readonly name: string;
  readonly details?: readonly { readonly type: string; readonly value: string }[];
  readonly sopClasses?: readonly { readonly uid: string | undefined; readonly instances: number }[];
}
