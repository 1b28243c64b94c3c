import type { Instant } from '@waystation/kernel';

/** What a rule that waits for whole studies has collected of one: a line of `waystation studies`. */
export interface StudyLine {
  readonly studyInstanceUid: string;
  readonly rule: string;
  /** `waiting`; else `discarded` where something was set aside; else `complete`. */
  readonly status: string;
  /** Series of which something waits. */
  readonly waiting: number;
  /** Series of which something was set aside. */
  readonly discarded: number;
  /** How often the study was complete for the rule. */
  readonly revision: number;
  /** When the first of what waits matched; null where nothing does. */
  readonly waitingSince: Instant | null;
  readonly lastMatchedAt: Instant;
  /** Position of the last event of the study. */
  readonly position: number;
  /** In a sentence; null where nothing waits. */
  readonly waitsFor: string | null;
  /** When that will be over if nothing happens; null where only an event or a person can end it. */
  readonly until: Instant | null;
  /** Series of the study that hold it open, by UID. */
  readonly pending: readonly string[];
}
