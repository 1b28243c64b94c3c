import type { Instant } from '@waystation/kernel';

/** What a stream was at a moment. */
export interface PastState {
  readonly stream: string;
  /** The last position that was looked at. */
  readonly position: number;
  /** When that position was recorded. */
  readonly recordedtime: Instant | undefined;
  /** How many events of the stream lead to the state, and how many came later. */
  readonly events: number;
  readonly later: number;
  readonly state: unknown;
}
