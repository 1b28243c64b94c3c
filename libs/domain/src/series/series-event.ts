import type {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  ObjectsMoved,
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
  | ObjectsMoved
  | SeriesCompleted
  | SeriesRouted
  | SeriesDiscarded;
