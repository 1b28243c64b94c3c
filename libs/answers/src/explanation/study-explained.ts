import type { DeliveryExplained } from './delivery-explained.js';
import type { Ground } from './ground.js';
import type { JobExplained } from './job-explained.js';

/** What became of a revision for a rule that waits for its study. */
export interface StudyExplained {
  readonly rule: string;
  /** The event that it rests on; null where the study has not heard of the revision yet. */
  readonly ground: Ground | null;
  readonly because: string;
  /** How often the study was complete for the rule by then; null where it waits, or goes nowhere. */
  readonly revision: number | null;
  /** Deliveries of this series that the study's completion asked for. */
  readonly deliveries: readonly DeliveryExplained[];
  /** What has the study processed that the series is part of. */
  readonly jobs: readonly JobExplained[];
}
