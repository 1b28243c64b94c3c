import type { DeliveryRequested, Identity, Target } from '@waystation/events';

/** What an audit message has to tell beside the event: it is in other events. What is not known is left out. */
export interface Subject {
  readonly study?: StudySubject;
  /** Of a delivery. */
  readonly delivery?: { readonly request: DeliveryRequested['data']; readonly target: Target | undefined };
}

/** A study, as one of its series tells of it. */
export interface StudySubject {
  readonly studyInstanceUid: string;
  readonly sopClassUid: string | undefined;
  /** As it is stored: the patient goes by the pseudonym that its key is. */
  readonly identity: Identity;
  readonly sender: { readonly aeTitle: string; readonly address: string };
}
