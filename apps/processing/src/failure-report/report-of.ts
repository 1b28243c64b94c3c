import { derivedUid, type DicomDataset } from '@waystation/module-sdk';
import { nameOf, own, seriesConcept, textItem, timeItem, uidItem } from './content-item.js';
import type { FailureSettings } from './failure-settings.js';

/** What the report is about. */
export interface ReportedSeries {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUids: readonly string[];
  /** The whole header of one object, by keyword: the report belongs to the same patient and study. */
  readonly facts: Readonly<Record<string, string>>;
}

/** PS3.4 B.5. */
const BASIC_TEXT_SR = '1.2.840.10008.5.1.4.1.1.88.11';

/** Elements of the patient and the study that may be empty (PS3.3 C.7.1.1, C.7.2.1). */
const needed = [
  ...['PatientName', 'PatientID', 'PatientBirthDate', 'PatientSex'],
  ...['StudyDate', 'StudyTime', 'StudyID', 'AccessionNumber', 'ReferringPhysicianName'],
] as const;
/** Those that are left out where they are not known. */
const known = ['IssuerOfPatientID', 'StudyDescription'] as const;

/**
 * A Basic Text SR (PS3.3 A.35.1) in the study of the objects which says that they could not be processed: by what, and why. The same
 * for the same failure, UIDs included.
 */
export const reportOf = (failure: FailureSettings, about: ReportedSeries): DicomDataset => {
  const uid = (what: string): string => derivedUid('failure-report', failure.job, String(failure.attempts), what);
  const [date, time] = localTimeOf(failure.failedAt);
  return withCharacterSet({
    ...takenFrom(about.facts),
    ...{ SOPClassUID: BASIC_TEXT_SR, SOPInstanceUID: uid('instance'), StudyInstanceUID: about.studyInstanceUid },
    ...{ SeriesInstanceUID: uid('series'), Modality: 'SR', SeriesNumber: '999', InstanceNumber: '1' },
    ...{ SeriesDescription: 'Processing failed', ReferencedPerformedProcedureStepSequence: [] },
    ...{ Manufacturer: 'Waystation', ManufacturerModelName: 'Waystation' },
    ...{ ContentDate: date, ContentTime: time, CompletionFlag: 'COMPLETE', VerificationFlag: 'UNVERIFIED' },
    ...{ PerformedProcedureCodeSequence: [], ValueType: 'CONTAINER', ContinuityOfContent: 'SEPARATE' },
    ...nameOf(own('failed', 'Processing failed')),
    ContentSequence: contentOf(failure, about),
  });
};

/** Text that everybody can read is not written in a way that some cannot. */
const withCharacterSet = (dataset: DicomDataset): DicomDataset => ({
  SpecificCharacterSet: /^[\x20-\x7e]*$/.test(JSON.stringify(dataset)) ? 'ISO_IR 100' : 'ISO_IR 192',
  ...dataset,
});

const takenFrom = (facts: ReportedSeries['facts']): DicomDataset =>
  Object.fromEntries([
    ...needed.map((keyword) => [keyword, facts[keyword] ?? '']),
    ...known.flatMap((keyword) => (facts[keyword] ? [[keyword, facts[keyword]]] : [])),
  ]) as DicomDataset;

const contentOf = (
  { module, rule, reason, code, attempts, job, failedAt }: FailureSettings,
  { seriesInstanceUids }: ReportedSeries,
): readonly DicomDataset[] => {
  const what = seriesInstanceUids.length === 1 ? 'This series' : `These ${seriesInstanceUids.length} series`;
  return [
    textItem(own('summary', 'Summary'), `${what} could not be processed by '${module}': ${reason}`),
    ...seriesInstanceUids.map((uid) => uidItem(seriesConcept, uid)),
    textItem(own('module', 'Processing module'), module),
    ...(rule === undefined ? [] : [textItem(own('rule', 'Rule'), rule)]),
    textItem(own('reason', 'Reason'), reason),
    textItem(own('code', 'Reason code'), code),
    textItem(own('attempts', 'Attempts'), String(attempts)),
    timeItem(own('failed-at', 'Given up at'), localTimeOf(failedAt).join('')),
    textItem(own('job', 'Job'), job),
  ];
};

/** Date and time of an object without an offset are those of the place (PS3.3 C.12.1.1.8). */
const localTimeOf = (at: string): readonly [date: string, time: string] => {
  const when = new Date(at);
  const parts = [when.getMonth() + 1, when.getDate(), when.getHours(), when.getMinutes(), when.getSeconds()];
  const [month = '', day = '', ...time] = parts.map((part) => String(part).padStart(2, '0'));
  return [`${when.getFullYear()}${month}${day}`, time.join('')];
};
