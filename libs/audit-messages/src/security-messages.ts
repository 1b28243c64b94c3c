import type {
  AssociationRejected,
  ConfigurationPublished,
  IdentityForgotten,
  IdentityKeyRotated,
  LogSigningKeyChanged,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { AuditMessage, Outcome } from './audit-message.js';
import { eventId, eventType, objectIdType, role, type Code } from './codes.js';
import { alertSubject, patient } from './objects.js';
import { networkOf, personOf } from './participants.js';
import { waystation, type Reporter } from './reporter.js';
import type { ActiveParticipant, ParticipantObject } from './audit-message.js';

const sourceOf = ({ source, siteId }: Reporter) => ({ id: source, siteId });

/** A process of ours began to work, or was told to end (PS3.15 A.5.3.1). */
export const applicationActivity = (
  type: 'start' | 'stop',
  { service, host, pid, dateTime }: { service: string; host: string; pid: number; dateTime: Instant },
  reporter: Reporter,
): AuditMessage => ({
  event: {
    id: eventId.applicationActivity,
    action: 'E',
    dateTime,
    outcome: 0,
    types: [type === 'start' ? eventType.applicationStart : eventType.applicationStop],
  },
  participants: [
    {
      userId: String(pid),
      aeTitle: reporter.aeTitle,
      userName: service,
      isRequestor: false,
      roles: [role.application],
      network: { id: host, type: '1' },
    },
  ],
  source: sourceOf(reporter),
  objects: [],
});

/** A peer was refused: by name, by certificate, by what it asked for (A.5.3.11). */
export const nodeRefused = (data: AssociationRejected['data'], dateTime: Instant, reporter: Reporter): AuditMessage => {
  const node = data.callingAeTitle.trim() || data.address;
  const peer: ActiveParticipant = {
    userId: node,
    ...(data.callingAeTitle.trim() === '' ? {} : { aeTitle: data.callingAeTitle.trim() }),
    isRequestor: false,
    roles: [],
    network: networkOf(data.address),
  };
  return alert(eventType.nodeAuthentication, { dateTime, outcome: 4, performers: [peer] }, reporter, [
    alertSubject({ id: node, idType: objectIdType.node }, data.reason),
  ]);
};

/** Somebody changed what Waystation does (A.5.3.11). */
export const configurationChanged = (
  { version, author, reason }: ConfigurationPublished['data'],
  dateTime: Instant,
  reporter: Reporter,
): AuditMessage =>
  alert(
    eventType.softwareConfiguration,
    { dateTime, outcome: 0, performers: [personOf({ name: author }, { isRequestor: false })] },
    reporter,
    [
      alertSubject(
        { id: `${reporter.source}/configuration`, idType: objectIdType.uri, role: '5' },
        `configuration ${version} published${reason === '' ? '' : `: ${reason}`}`,
      ),
    ],
  );

/** The log is signed by another key, or no longer (A.5.3.11). */
export const signingKeyChanged = (
  { key }: LogSigningKeyChanged['data'],
  dateTime: Instant,
  reporter: Reporter,
): AuditMessage =>
  alert(eventType.securityConfiguration, { dateTime, outcome: 0, performers: [] }, reporter, [
    alertSubject(
      { id: reporter.source, idType: objectIdType.uri, role: '13' },
      key === null ? 'seals of the log are no longer signed' : `seals of the log are signed with ${key}`,
    ),
  ]);

/** The keys of patients are wrapped by another key (A.5.3.11). */
export const identityKeyRotated = (
  { key, author, reason }: IdentityKeyRotated['data'],
  dateTime: Instant,
  reporter: Reporter,
): AuditMessage =>
  alert(
    eventType.securityConfiguration,
    { dateTime, outcome: 0, performers: [personOf({ name: author }, { isRequestor: false })] },
    reporter,
    [
      alertSubject(
        { id: reporter.source, idType: objectIdType.uri, role: '13' },
        `the keys of patients are wrapped by key ${key}${reason === '' ? '' : `: ${reason}`}`,
      ),
    ],
  );

/** Who a patient is was erased for good: a message for each pseudonym, because a message is about one (A.5.3.14). */
export const patientForgotten = (
  { keys, author, reason }: IdentityForgotten['data'],
  dateTime: Instant,
  reporter: Reporter,
): readonly AuditMessage[] =>
  keys.map((key) => ({
    event: { id: eventId.patientRecord, action: 'D', dateTime, outcome: 0, outcomeDescription: reason.slice(0, 1000) },
    participants: [personOf({ name: author }, { isRequestor: true }), waystation(reporter, { isRequestor: false })],
    source: sourceOf(reporter),
    objects: [{ ...patient(key), lifeCycle: '15' }],
  }));

const alert = (
  type: Code,
  what: { readonly dateTime: Instant; readonly outcome: Outcome; readonly performers: readonly ActiveParticipant[] },
  reporter: Reporter,
  objects: readonly ParticipantObject[],
): AuditMessage => ({
  event: { id: eventId.securityAlert, action: 'E', dateTime: what.dateTime, outcome: what.outcome, types: [type] },
  participants: [waystation(reporter, { isRequestor: false }), ...what.performers],
  source: sourceOf(reporter),
  objects,
});
