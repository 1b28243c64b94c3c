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

/**
 * Decides about an association: who may call, and which contexts are taken. Every SOP class that is not a known service
 * of another kind counts as storage, private ones too; of the proposed transfer syntaxes the first is taken, because an
 * object is kept as it comes, whatever it is encoded in.
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
    accept: negotiate(request.contexts, (abstractSyntax, [preferred]) =>
      isNonStorageService(abstractSyntax) ? undefined : preferred,
    ),
    // An identity that nobody asked for was not checked, and is not vouched for.
    ...(known?.sender.user === undefined ? {} : { userIdentityResponse: Buffer.alloc(0) }),
  };
};
