import type { RecordedEvent, Target } from '@waystation/events';
import type { AuditMessage, Outcome } from './audit-message.js';
import { eventId, role } from './codes.js';
import { patientObject, studyObject } from './objects.js';
import { mediaOf, receiverOf, senderOf } from './participants.js';
import { waystation, type Reporter } from './reporter.js';
import type { StudySubject, Subject } from './subject.js';

/** How a transfer went. */
interface Transfer {
  readonly instances: number;
  readonly dateTime: string;
  readonly outcome: Outcome;
  readonly outcomeDescription?: string;
}

const sourceOf = ({ source, siteId }: Reporter) => ({ id: source, siteId });

/** A peer begins to send us objects of a study (PS3.15 A.5.3.3). */
export const beginReceiving = (study: StudySubject, reporter: Reporter, event: RecordedEvent): AuditMessage => ({
  event: { id: eventId.beginTransferring, action: 'E', dateTime: event.time, outcome: 0 },
  participants: [senderOf(study), waystation(reporter, { isRequestor: false, roles: [role.destination] })],
  source: sourceOf(reporter),
  objects: [studyObject(study, 1), patientObject(study)],
});

/** We have objects of a study that we did not have before (A.5.3.7). */
export const received = (study: StudySubject, reporter: Reporter, transfer: Transfer): AuditMessage => {
  const { instances, ...rest } = transfer;
  return {
    event: { id: eventId.instancesTransferred, action: 'C', ...rest },
    participants: [senderOf(study), waystation(reporter, { isRequestor: false, roles: [role.destination] })],
    source: sourceOf(reporter),
    objects: [studyObject(study, instances), patientObject(study)],
  };
};

/** We begin to send to another application entity (A.5.3.3); what leaves DICOM is reported when it has left. */
export const beginSending = (subject: Subject, reporter: Reporter, transfer: Transfer): readonly AuditMessage[] => {
  const { study, delivery } = subject;
  if (study === undefined || delivery === undefined || uriOf(delivery.target) !== undefined) return [];
  const { instances, ...rest } = transfer;
  return [
    {
      event: { id: eventId.beginTransferring, action: 'E', ...rest },
      participants: [
        waystation(reporter, { isRequestor: true, roles: [role.source] }),
        receiverOf(delivery.request.target, delivery.target),
      ],
      source: sourceOf(reporter),
      objects: [studyObject(study, instances), patientObject(study)],
    },
  ];
};

/** We sent to another application entity (A.5.3.7), or out of DICOM (A.5.3.4); or tried to. */
export const sent = (subject: Subject, reporter: Reporter, transfer: Transfer): readonly AuditMessage[] => {
  const { study, delivery } = subject;
  if (study === undefined || delivery === undefined) return [];
  const uri = uriOf(delivery.target);
  const { instances, ...rest } = transfer;
  return [
    {
      // Whether the receiver had the objects before we do not know: then it is Read (A.5.3.7); an export always is.
      event: { id: uri === undefined ? eventId.instancesTransferred : eventId.export, action: 'R', ...rest },
      participants: [
        waystation(reporter, { isRequestor: true, roles: [role.source] }),
        uri === undefined ? receiverOf(delivery.request.target, delivery.target) : mediaOf(uri),
      ],
      source: sourceOf(reporter),
      objects: [studyObject(study, instances), patientObject(study)],
    },
  ];
};

/** Where a target is that is no application entity. */
const uriOf = (target: Target | undefined): string | undefined =>
  target?.kind === 'folder' ? `file://${encodeURI(target.path)}` : undefined;
