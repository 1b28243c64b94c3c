import type { Instant } from '@waystation/kernel';

/** How long something is kept: a line of `waystation retention`. */
export interface RetentionLine {
  /** `series/<SeriesInstanceUID>` or `job/<id>`. */
  readonly stream: string;
  /** `stays`: something goes on, or somebody holds it; `kept`; `expires`: it is over, and goes within seconds. */
  readonly what: 'stays' | 'kept' | 'expires';
  /** When it expires if nothing happens; null where that is not foreseen. */
  readonly until: Instant | null;
  /** The policy that says so; null where none does. */
  readonly policy: string | null;
  /** In a sentence. */
  readonly because: string;
  /** Objects whose bytes are kept. */
  readonly objects: number;
  /** Of them, bytes. */
  readonly bytes: number;
  /** Of its last event. */
  readonly position: number;
}
