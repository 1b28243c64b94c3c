import type { Actor, Reading } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { AuditMessage } from './audit-message.js';
import { eventId, role } from './codes.js';
import { auditLog, patientObject, studyObject } from './objects.js';
import { mediaOf, personOf } from './participants.js';
import { waystation, type Reporter } from './reporter.js';
import type { Subject } from './subject.js';

/** Who read, and when. */
export interface ReadBy {
  readonly reader: Pick<Actor, 'name' | 'address'>;
  readonly dateTime: Instant;
}

const sourceOf = ({ source, siteId }: Reporter) => ({ id: source, siteId });

/** Somebody read what happened (PS3.15 A.5.3.2). */
export const logUsed = (
  { reader, dateTime }: ReadBy,
  reporter: Reporter,
  details: Readonly<Record<string, string>>,
): AuditMessage => ({
  event: { id: eventId.auditLogUsed, action: 'R', dateTime, outcome: 0 },
  participants: [personOf(reader, { isRequestor: true }), waystation(reporter, { isRequestor: false })],
  source: sourceOf(reporter),
  objects: [auditLog(reporter, details)],
});

/** Somebody took an object (A.5.3.6). */
export const instanceRead = (
  { study }: Subject,
  { reader, dateTime }: ReadBy,
  reporter: Reporter,
): readonly AuditMessage[] =>
  study === undefined
    ? []
    : [
        {
          event: { id: eventId.instancesAccessed, action: 'R', dateTime, outcome: 0 },
          participants: [personOf(reader, { isRequestor: true }), waystation(reporter, { isRequestor: false })],
          source: sourceOf(reporter),
          objects: [studyObject(study, 1), patientObject(study)],
        },
      ];

/** Somebody took the evidence of a study out (A.5.3.4). */
export const evidenceTaken = (
  { study }: Subject,
  { view }: Reading,
  { reader, dateTime }: ReadBy,
  reporter: Reporter,
): readonly AuditMessage[] =>
  study === undefined
    ? []
    : [
        {
          event: { id: eventId.export, action: 'R', dateTime, outcome: 0 },
          participants: [
            personOf(reader, { isRequestor: true, roles: [role.source] }),
            waystation(reporter, { isRequestor: false, roles: [role.source] }),
            mediaOf(view.replace(/^\w+ /, '')),
          ],
          source: sourceOf(reporter),
          objects: [studyObject(study), patientObject(study)],
        },
      ];
