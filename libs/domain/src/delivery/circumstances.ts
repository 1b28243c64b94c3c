import type { OffPeakHours } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** What decides, besides the delivery itself, whether it may be attempted now. */
export interface Circumstances {
  /** By the database's clock. */
  readonly now: Instant;
  readonly configurationVersion: number;
  /** As that configuration says. */
  readonly offPeak: OffPeakHours;
  /** How the delivery that has to be over before stands; only where there is one. */
  readonly predecessor?: 'open' | 'succeeded' | 'abandoned' | 'unknown';
}
