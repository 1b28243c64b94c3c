import type { Implementation } from '../association/implementation.js';
import {
  type AssociateAcceptPdu,
  type AssociateRequestPdu,
  DICOM_APPLICATION_CONTEXT,
  PROTOCOL_VERSION,
} from '../pdu/associate-pdu.js';
import type { AnsweredContext } from '../pdu/presentation-context.js';
import type { AsynchronousOperations, RoleSelection } from '../pdu/user-information.js';

/** What an acceptor says of itself. */
export interface AcceptorTerms {
  readonly maximumLength: number;
  readonly implementation: Implementation;
  /** Operations that a peer may have outstanding if it asks for several. */
  readonly operationsWindow: number;
}

/** No more than was asked for, where 0 asks for any number (PS3.7 D.3.3.3). We invoke nothing ourselves. */
const answerOperations = ({ invoked }: AsynchronousOperations, window: number): AsynchronousOperations => ({
  invoked: invoked === 0 ? window : Math.min(invoked, window),
  performed: 1,
});

/** We are never the SCU of an association we accept: that role of the peer is turned down (PS3.7 D.3.3.4). */
const answerRole = ({ sopClassUid, scu }: RoleSelection): RoleSelection => ({ sopClassUid, scu, scp: false });

/**
 * The A-ASSOCIATE-AC to a request. What was not asked for is not answered; extended negotiation of SOP classes (PS3.7
 * D.3.3.5 and D.3.3.6) has no answer, which turns it down.
 */
export const acceptance = (
  request: AssociateRequestPdu,
  contexts: readonly AnsweredContext[],
  terms: AcceptorTerms,
  userIdentityResponse: Buffer | undefined,
): AssociateAcceptPdu => {
  const { asynchronousOperations, roleSelections, userIdentity } = request.userInformation;
  return {
    protocolVersion: PROTOCOL_VERSION,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContext: DICOM_APPLICATION_CONTEXT,
    contexts,
    userInformation: {
      maximumLength: terms.maximumLength,
      implementationClassUid: terms.implementation.classUid,
      implementationVersionName: terms.implementation.versionName,
      asynchronousOperations:
        asynchronousOperations && answerOperations(asynchronousOperations, terms.operationsWindow),
      roleSelections: roleSelections?.map(answerRole),
      userIdentityResponse: userIdentity?.positiveResponseRequested ? userIdentityResponse : undefined,
    },
  };
};
