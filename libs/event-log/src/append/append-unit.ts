import type { EventMetadata, NewEvent } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** What an append sets a stream's timer to. */
export interface TimerSetting {
  /** Who looks at the stream when it is due: `series-quiet`, `deliver/<target>`. */
  readonly queue: string;
  readonly afterMs: number;
  /** What `afterMs` counts from; the recorded time of this append where it is left out. */
  readonly since?: Instant;
  /** Goes before what is not urgent in its queue, two times out of three. */
  readonly urgent?: boolean;
  /** A stream whose events may make it due sooner: whoever hears of one calls `Timers.wake`. */
  readonly waitsFor?: string;
}

/** Events for one stream. */
export interface AppendPart {
  readonly stream: string;
  /** Version the stream must have; 0: it must not exist; 'any': no check. A part sees the parts before it in its unit. */
  readonly expected: number | 'any';
  /** May be empty: then the part only checks the version or changes the timer. */
  readonly events: readonly NewEvent[];
  /** Sets the stream's timer (a claim on it is void) or clears it (null); left out, the timer stays as it is. */
  readonly timer?: TimerSetting | null;
  /** In place of the unit's metadata. */
  readonly metadata?: EventMetadata;
}

/** Written whole or not at all: one wrong expected version refuses every part. */
export interface AppendUnit {
  readonly parts: readonly AppendPart[];
  /**
   * What must be true before the unit is: it is prepared meanwhile and committed when this resolves. Where it rejects,
   * nothing is written and the append throws what it rejected with. Everybody who appends waits for it: for the disk, never
   * for a network.
   */
  readonly after?: Promise<void> | undefined;
  /** When the producer says it happened. */
  readonly time: Instant;
  readonly metadata: EventMetadata;
}
