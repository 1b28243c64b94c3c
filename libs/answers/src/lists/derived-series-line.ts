/** A series that a module made, or its part in one that it kept the UIDs of. */
export interface DerivedSeriesLine {
  /** As its objects say; it may be that of a series that was received. */
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly modality: string;
  readonly description: string;
  /** How many objects the last attempt of the job that succeeded made of it. */
  readonly instances: number;
  readonly job: string;
  readonly module: string;
  /** Null where somebody asked for the job without a rule. */
  readonly rule: string | null;
  /** The received series that it was made of. */
  readonly madeOf: readonly string[];
  /** Whether its objects are not kept any more. */
  readonly expired: boolean;
  /** Position of the last event of the job. */
  readonly position: number;
}
