/** How a rebuild ended. */
export interface RebuildReport {
  /** Position at which the old read models and the new ones were compared. */
  readonly position: number;
  readonly digestBefore: string;
  readonly digestAfter: string;
  readonly equal: boolean;
  /** Timers that follow from the log: those that were missing are set, those that nothing asks for are gone. */
  readonly timers: number;
  readonly durationMs: number;
}
