/** User information of an A-ASSOCIATE-RQ or -AC (PS3.8 annex D.1, PS3.7 annex D.3.3). */
export interface UserInformation {
  /** Longest P-DATA-TF the sender of this takes, in bytes behind the PDU header; 0 is no limit. */
  readonly maximumLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName?: string | undefined;
  readonly asynchronousOperations?: AsynchronousOperations | undefined;
  readonly roleSelections?: readonly RoleSelection[] | undefined;
  readonly userIdentity?: UserIdentity | undefined;
  /** Of an A-ASSOCIATE-AC: the answer to a user identity that asked for one (PS3.7 D.3.3.7.2). */
  readonly userIdentityResponse?: Buffer | undefined;
}

/** Operations that may be outstanding; 0 is no limit. */
export interface AsynchronousOperations {
  readonly invoked: number;
  readonly performed: number;
}

export interface RoleSelection {
  readonly sopClassUid: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

/** Who the peer's user is (PS3.7 D.3.3.7.1). */
export interface UserIdentity {
  /** 1 user name, 2 user name and passcode, 3 Kerberos, 4 SAML, 5 JSON web token. */
  readonly type: number;
  readonly positiveResponseRequested: boolean;
  /** The user name of types 1 and 2, without control characters; empty for the others. */
  readonly name: string;
  /**
   * What proves it, as it came: the passcode of type 2, the ticket, assertion or token of types 3 to 5; empty for type 1.
   * Not enumerable, so that neither logs nor events take it along, and overwritten once the association is decided.
   */
  readonly credential: Buffer;
}
