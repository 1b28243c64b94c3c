import type { ParticipantObject } from './audit-message.js';
import { objectIdType } from './codes.js';
import type { Reporter } from './reporter.js';
import type { StudySubject } from './subject.js';

/** Free text of people and peers is cut here: a repository takes 32 KiB at least (PS3.15 A.6), and not surely more. */
const LONGEST_TEXT = 1000;

/** A study, with how many of its instances it is about, where that is known. */
export const studyObject = (study: StudySubject, instances?: number): ParticipantObject => ({
  id: study.studyInstanceUid,
  idType: objectIdType.study,
  type: '2',
  role: '3',
  name: '',
  sopClasses: instances === undefined ? [] : [{ uid: study.sopClassUid, instances }],
});

/** The patient of a study, by the pseudonym it has in the log: whoever has the keys knows who that is. */
export const patientObject = ({ identity }: Pick<StudySubject, 'identity'>): ParticipantObject => patient(identity.key);

/** A patient by a pseudonym. */
export const patient = (pseudonym: string): ParticipantObject => ({
  id: pseudonym,
  idType: objectIdType.patientNumber,
  type: '1',
  role: '1',
  name: '',
});

/** The log, as what was read (PS3.15 A.5.3.2). */
export const auditLog = ({ source }: Reporter, details: Readonly<Record<string, string>>): ParticipantObject => ({
  id: source,
  idType: objectIdType.uri,
  type: '2',
  role: '13',
  name: 'Security Audit Log',
  details: Object.entries(details).map(([type, value]) => ({ type, value: value.slice(0, LONGEST_TEXT) })),
});

/** What an alert is about (PS3.15 A.5.3.11). */
export const alertSubject = (
  about: Pick<ParticipantObject, 'id' | 'idType' | 'role'>,
  description: string,
): ParticipantObject => ({
  ...about,
  type: '2',
  name: about.id,
  details: [{ type: 'Alert Description', value: description.slice(0, LONGEST_TEXT) }],
});
