import type { SeriesCompleted } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { Ground } from './ground.js';

/** Why the series counts as complete, or what it waits for. */
export interface CompletionExplained {
  /** What made it complete; `waiting`: it is not. */
  readonly trigger: SeriesCompleted['data']['trigger'] | 'waiting';
  readonly completed: Ground | null;
  /** One sentence. */
  readonly because: string;
  readonly quietPeriodMs: number;
  /** When the quiet period ended or will end, if nothing arrives. */
  readonly quietUntil: Instant;
  /** The arrival that the quiet period counts from. */
  readonly lastArrival: (Ground & { readonly type: string; readonly sopInstanceUid: string }) | null;
  /** Arrivals of this round, and the longest time between two of them: shorter than the quiet period. */
  readonly arrivals: number;
  readonly longestPauseMs: number;
  readonly instances: number;
  readonly newInstances: number;
  /** Of the set of instances; null while it is not complete. */
  readonly digest: string | null;
}
