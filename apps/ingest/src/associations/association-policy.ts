import { isNonStorageService } from '@waystation/dicom';
import { negotiate, rejection, type AssociationAnswer, type AssociationRequest } from '@waystation/dicom-network';
import type { AcceptedAeTitles } from '@waystation/configuration';
import type { ApplicationEntity, UnknownCalledAeTitle } from '@waystation/events';
import { trimAeTitle } from '@waystation/kernel';
import { whatASenderLacks, type KnownSender } from './what-a-sender-lacks.js';

/** Whom the receiver talks to. */
export interface AssociationPolicy {
  readonly acceptCalledAeTitles: AcceptedAeTitles;
  readonly acceptCallingAeTitles: AcceptedAeTitles;
  /** What is asked of a caller besides its AE title; undefined where it is nothing. */
  readonly senderOf: (callingAeTitle: string) => KnownSender | undefined;
  /** What holds for a title that we are called by, of those that are accepted. */
  readonly calledEntity: (calledAeTitle: string) => ApplicationEntity | UnknownCalledAeTitle;
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

/** A title of which nothing is asked. */
const anybody: Pick<ApplicationEntity, 'callingAeTitles' | 'sopClasses'> = { callingAeTitles: [], sopClasses: [] };

const takes = ({ sopClasses }: Pick<ApplicationEntity, 'sopClasses'>, sopClass: string): boolean =>
  sopClasses.length === 0 || sopClasses.includes(sopClass);

/**
 * Decides about an association: who may call whom, and which contexts are taken. What the settings refuse is refused
 * whatever the configuration says. Every SOP class that is not a known service
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
  const entity = policy.calledEntity(calledAeTitle);
  if (entity === 'refuse') {
    const because = `called AE title '${calledAeTitle}' is not one of those that the configuration lists`;
    return { reject: rejection.calledAeTitleNotRecognized, because };
  }
  const own = typeof entity === 'string' ? anybody : entity;
  if (own.callingAeTitles.length > 0 && !own.callingAeTitles.map(trimAeTitle).includes(trimAeTitle(callingAeTitle))) {
    const because = `calling AE title '${callingAeTitle}' may not call '${calledAeTitle}'`;
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
      isNonStorageService(abstractSyntax) || !takes(own, abstractSyntax) ? undefined : preferredOf(proposed),
    ),
    // An identity that nobody asked for was not checked, and is not vouched for.
    ...(known?.sender.user === undefined ? {} : { userIdentityResponse: Buffer.alloc(0) }),
  };
};
