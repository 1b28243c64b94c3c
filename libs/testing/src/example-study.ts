import {
  StudyCompleted,
  StudyForceCompleted,
  StudyOpened,
  StudyRouted,
  StudySeriesAdded,
  StudySeriesMatched,
  type CollectedSeries,
} from '@waystation/events';

const studyInstanceUid = '1.2.826.0.1.3680043.10.1.7';
const seriesInstanceUid = (number: number): string => `${studyInstanceUid}.${number}`;
const configuration = { version: 1, sha256: 'c0'.repeat(32) };

/** Series `number` as a rule takes it. */
const series = (number: number, changes: Partial<CollectedSeries> = {}): CollectedSeries => ({
  seriesInstanceUid: seriesInstanceUid(number),
  revision: 1,
  seriesDescription: `T${number} AX`,
  seriesNumber: number,
  ...changes,
});

/** A study that a rule waits for, series by series. */
export const exampleStudy = {
  studyInstanceUid,
  seriesInstanceUid,
  rule: 'Whole study',
  configuration,
  series,

  opened: (): StudyOpened => StudyOpened.of({ studyInstanceUid }),

  /** What the study knows of series `number`. */
  added: (number: number): StudySeriesAdded =>
    StudySeriesAdded.of({
      seriesInstanceUid: seriesInstanceUid(number),
      modality: 'MR',
      seriesDescription: `T${number} AX`,
    }),

  matched: (number: number, changes: Partial<CollectedSeries> = {}, rule = 'Whole study'): StudySeriesMatched =>
    StudySeriesMatched.of({ rule, series: series(number, changes) }),

  completed: (
    revision: number,
    collected: readonly CollectedSeries[],
    changes: Partial<StudyCompleted['data']> = {},
  ): StudyCompleted =>
    StudyCompleted.of({
      rule: 'Whole study',
      revision,
      trigger: 'quiet',
      configuration,
      series: [...collected],
      pending: [],
      missing: [],
      ...changes,
    }),

  forceCompleted: (
    action: StudyForceCompleted['data']['action'],
    collected: readonly CollectedSeries[],
    changes: Partial<StudyForceCompleted['data']> = {},
  ): StudyForceCompleted =>
    StudyForceCompleted.of({
      rule: 'Whole study',
      action,
      by: 'limit',
      configuration,
      series: [...collected],
      pending: [],
      missing: [],
      ...changes,
    }),

  routed: (revision: number, changes: Partial<StudyRouted['data']> = {}): StudyRouted =>
    StudyRouted.of({
      rule: 'Whole study',
      revision,
      configuration,
      deliveries: [],
      alreadyRequested: [],
      ...changes,
    }),
} as const;
