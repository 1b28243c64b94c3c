/** User information of an A-ASSOCIATE-RQ or -AC (PS3.8 annex D.1, PS3.7 annex D.3.3). */
export interface UserInformation {
  /** Longest P-DATA-TF the sender of this takes, in bytes behind the PDU header; 0 is no limit. */
  readonly maximumLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName?: string | undefined;
  readonly asynchronousOperations?: AsynchronousOperations | undefined;
  readonly roleSelections?: readonly RoleSelection[] | undefined;
  readonly userIdentity?: UserIdentity | undefined;
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

/** Who the peer's user is. Credentials are left out: Waystation does not decide by them, so nothing may keep them. */
export interface UserIdentity {
  /** 1 user name, 2 user name and passcode, 3 Kerberos, 4 SAML, 5 JSON web token. */
  readonly type: number;
  readonly positiveResponseRequested: boolean;
}
