import type { Instant } from '@waystation/kernel';

/** A line of `waystation jobs`. @typeParam When how an instant stands: as text once it is sent */
export interface JobLine<When = Instant> {
  readonly job: string;
  readonly studyInstanceUid: string;
  /** Null where it is about the study. */
  readonly seriesInstanceUid: string | null;
  readonly module: string;
  /** Null where somebody asked for it without a rule. */
  readonly rule: string | null;
  /** The first one is 0. */
  readonly step: number;
  /** `waiting`, `held`, `running`, `succeeded`, `abandoned` or `cancelled`. */
  readonly status: string;
  /** `normal`, `urgent` or `off-peak`. */
  readonly priority: string;
  /** When the hours begin that it is held for; null where it is not held. */
  readonly heldUntil: When | null;
  /** Of the series, or of the study's completion. */
  readonly revision: number;
  readonly attempts: number;
  /** Who makes or made the last attempt; null where there was none. */
  readonly worker: string | null;
  /** Between 0 and 1; null where nothing runs, or does not say. */
  readonly progress: number | null;
  /** How many objects the last attempt that succeeded made. */
  readonly outputs: number;
  /** `routed`, `next-step`, `kept`, `empty`, `discarded` or `failed`; null until that is decided. */
  readonly follows: string | null;
  /** Why the last attempt that failed did; null where none did. */
  readonly lastFailure: string | null;
  /** Position of the last event of the job. */
  readonly position: number;
}
