import type {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  SeriesCompleted,
  SeriesDiscarded,
  SeriesOpened,
  SeriesRouted,
} from '@waystation/events';

/** Everything that is written to `series/<SeriesInstanceUID>`. */
export type SeriesEvent =
  | SeriesOpened
  | InstanceStored
  | InstanceDuplicated
  | InstanceConflicted
  | SeriesCompleted
  | SeriesRouted
  | SeriesDiscarded;
