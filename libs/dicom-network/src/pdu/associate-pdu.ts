import type { AnsweredContext, ProposedContext } from './presentation-context.js';
import type { UserInformation } from './user-information.js';

/** The only application context there is, PS3.7 annex A.2.1. */
export const DICOM_APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';

/** Bit 0 stands for version 1, the only one (PS3.8 9.3.2). */
export const PROTOCOL_VERSION = 1;

interface AssociatePdu {
  readonly protocolVersion: number;
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly userInformation: UserInformation;
}

/** A-ASSOCIATE-RQ, PS3.8 9.3.2. */
export interface AssociateRequestPdu extends AssociatePdu {
  readonly contexts: readonly ProposedContext[];
}

/** A-ASSOCIATE-AC, PS3.8 9.3.3. */
export interface AssociateAcceptPdu extends AssociatePdu {
  readonly contexts: readonly AnsweredContext[];
}
