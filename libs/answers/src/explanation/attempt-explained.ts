import type { Ground } from './ground.js';

/** One attempt to deliver. */
export interface AttemptExplained {
  readonly attempt: number;
  readonly began: Ground;
  readonly worker: string;
  readonly configurationVersion: number;
  /** Some of what it sent may have been there already. */
  readonly mayRepeat: boolean;
  readonly ended: Ground | null;
  readonly outcome: 'succeeded' | 'failed' | 'interrupted' | 'under way';
  /** Objects that got a receipt in it. */
  readonly delivered: number;
  /** One sentence. */
  readonly because: string;
  readonly refusals: readonly { readonly sopInstanceUid: string; readonly receipt: string }[];
  /** How long the next attempt had to wait; null where none was scheduled. */
  readonly nextAfterMs: number | null;
}
