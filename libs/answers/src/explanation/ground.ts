import type { Instant } from '@waystation/kernel';

/** An event that an explanation rests on. */
export interface Ground {
  readonly position: number;
  readonly recordedtime: Instant;
}
