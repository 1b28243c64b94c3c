import type { Instant } from '@waystation/kernel';

/** A series that says who the patient is, or said so. */
export interface SeriesOfPatient {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: string;
  /** Keys in the object store. Forgetting a patient leaves the objects as they are. */
  readonly objects: readonly string[];
}

/** What is known of a patient without saying who it is. */
export interface PatientReport {
  readonly pseudonym: string;
  /** Keys that were not destroyed yet. */
  readonly keys: number;
  /** When keys were last destroyed; null where none were. */
  readonly forgottenAt: Instant | null;
  readonly series: readonly SeriesOfPatient[];
  /** Other series of the same studies: sealed as somebody else, or under another Patient ID. */
  readonly otherSeriesOfStudies: readonly string[];
}
