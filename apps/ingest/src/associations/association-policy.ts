import { isNonStorageService } from '@waystation/dicom';
import { negotiate, rejection, type AssociationAnswer, type AssociationRequest } from '@waystation/dicom-network';
import type { AcceptedAeTitles } from '@waystation/configuration';
import { whatASenderLacks, type KnownSender } from './what-a-sender-lacks.js';

/** Whom the receiver talks to. */
export interface AssociationPolicy {
  readonly acceptCalledAeTitles: AcceptedAeTitles;
  readonly acceptCallingAeTitles: AcceptedAeTitles;
  /** What is asked of a caller besides its AE title; undefined where it is nothing. */
  readonly senderOf: (callingAeTitle: string) => KnownSender | undefined;
}

const accepts = (accepted: AcceptedAeTitles, title: string): boolean => accepted === '*' || accepted.includes(title);

const IMPLICIT_VR = '1.2.840.10008.1.2';
const EXPLICIT_VR = '1.2.840.10008.1.2.1';

/**
 * The first, because an object is kept as it comes, whatever it is encoded in. Only where that is Implicit VR and Explicit VR is
 * offered as well, that one: a sender that proposes both in one context has to encode the object anew in what we choose,
 * and Implicit VR would lose the value representations of private elements.
 */
const preferredOf = (proposed: readonly string[]): string | undefined =>
  proposed[0] === IMPLICIT_VR && proposed.includes(EXPLICIT_VR) ? EXPLICIT_VR : proposed[0];

/**
 * Decides about an association: who may call, and which contexts are taken. Every SOP class that is not a known service
 * of another kind counts as storage, private ones too.
 */
export const answerAssociation = (policy: AssociationPolicy, request: AssociationRequest): AssociationAnswer => {
  const { calledAeTitle, callingAeTitle } = request;
  if (!accepts(policy.acceptCalledAeTitles, calledAeTitle)) {
    const because = `called AE title '${calledAeTitle}' is not one of ours`;
    return { reject: rejection.calledAeTitleNotRecognized, because };
  }
  if (!accepts(policy.acceptCallingAeTitles, callingAeTitle)) {
    const because = `calling AE title '${callingAeTitle}' may not call`;
    return { reject: rejection.callingAeTitleNotRecognized, because };
  }
  const known = policy.senderOf(callingAeTitle);
  const lacking = known && whatASenderLacks(known, request);
  if (lacking !== undefined) {
    const because = `calling AE title '${callingAeTitle}' lacks ${lacking}`;
    return { reject: rejection.callingAeTitleNotRecognized, because };
  }
  return {
    accept: negotiate(request.contexts, (abstractSyntax, proposed) =>
      isNonStorageService(abstractSyntax) ? undefined : preferredOf(proposed),
    ),
    // An identity that nobody asked for was not checked, and is not vouched for.
    ...(known?.sender.user === undefined ? {} : { userIdentityResponse: Buffer.alloc(0) }),
  };
};
