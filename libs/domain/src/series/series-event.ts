import type {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  ObjectsMoved,
  SeriesCompleted,
  SeriesDiscarded,
  SeriesOpened,
  SeriesReopened,
  SeriesRouted,
  SeriesSenderReleased,
} from '@waystation/events';

/** Everything that is written to `series/<SeriesInstanceUID>`. */
export type SeriesEvent =
  | SeriesOpened
  | InstanceStored
  | InstanceDuplicated
  | InstanceConflicted
  | ObjectsMoved
  | SeriesSenderReleased
  | SeriesCompleted
  | SeriesRouted
  | SeriesDiscarded
  | SeriesReopened;
