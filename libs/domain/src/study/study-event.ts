import type {
  StudyCompleted,
  StudyForceCompleted,
  StudyOpened,
  StudyRouted,
  StudySeriesAdded,
  StudySeriesMatched,
} from '@waystation/events';

/** Everything that is written to `study/<StudyInstanceUID>`. */
export type StudyEvent =
  StudyOpened | StudySeriesAdded | StudySeriesMatched | StudyForceCompleted | StudyCompleted | StudyRouted;
