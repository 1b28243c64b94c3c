import type {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  ObjectsErased,
  ObjectsExpired,
  ObjectsHeld,
  ObjectsMoved,
  ObjectsReleased,
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
  | SeriesReopened
  | ObjectsHeld
  | ObjectsReleased
  | ObjectsExpired
  | ObjectsErased;
