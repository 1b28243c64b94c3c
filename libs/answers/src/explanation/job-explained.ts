import type { DeliveryExplained } from './delivery-explained.js';
import type { Ground } from './ground.js';

/** Why something was processed, and what became of it. */
export interface JobExplained {
  readonly job: string;
  readonly module: string;
  /** The first one is 0. */
  readonly step: number;
  readonly because: string;
  readonly status: 'waiting' | 'held' | 'running' | 'succeeded' | 'abandoned' | 'cancelled' | 'unknown';
  /** How many objects the last attempt that succeeded made. */
  readonly outputs: number;
  /** What happened to it, in order: attempts, failures, what was decided to follow. */
  readonly story: readonly (Ground & { readonly because: string })[];
  /** The deliveries that follow from it. */
  readonly deliveries: readonly DeliveryExplained[];
}
