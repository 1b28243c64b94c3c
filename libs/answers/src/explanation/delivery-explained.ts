import type { AttemptExplained } from './attempt-explained.js';
import type { Ground } from './ground.js';

/** Why something went to a target, and what became of it. */
export interface DeliveryExplained {
  readonly delivery: string;
  readonly target: string;
  /** Where the target was, as the configuration of the decision says. */
  readonly place: string;
  readonly because: string;
  readonly status: 'waiting' | 'held' | 'attempting' | 'succeeded' | 'abandoned' | 'unknown';
  readonly instances: number;
  readonly delivered: number;
  readonly attempts: readonly AttemptExplained[];
  /** When it was held or released, and why. */
  readonly waits: readonly (Ground & { readonly because: string })[];
  /** Who asked to try again, and why. */
  readonly redriven: readonly (Ground & { readonly author: string; readonly reason: string })[];
}
