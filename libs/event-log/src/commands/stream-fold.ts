import type { Instant } from '@waystation/kernel';

/** A stream folded up to a sequence. */
export interface StreamFold<State> {
  readonly state: State;
  /** Of the last event that is in the state; 0 before the first. */
  readonly sequence: number;
  readonly recordedtime: Instant | undefined;
  /** Bytes of memory that it takes, about: what its events weigh. */
  readonly weight: number;
}
