import type { CompletionExplained } from './completion-explained.js';
import type { DecisionExplained } from './decision-explained.js';
import type { DeliveryExplained } from './delivery-explained.js';
import type { Ground } from './ground.js';
import type { JobExplained } from './job-explained.js';
import type { StudyExplained } from './study-explained.js';

/** Why a revision of a series was decided as it was. Everything in it is read from the log. */
export interface Explanation {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** AE title and address that the first object came from. */
  readonly sender: string;
  /** Revisions so far; 0 while the series has not been complete. */
  readonly revisions: number;
  /** Which one this is about; null where there is none yet. */
  readonly revision: number | null;
  readonly completion: CompletionExplained;
  /** What arrived since the last revision waits for; null where nothing did, or this is not about the last revision. */
  readonly next: CompletionExplained | null;
  /** Null where the rules were not asked yet. */
  readonly decision: DecisionExplained | null;
  readonly deliveries: readonly DeliveryExplained[];
  /** What has it processed, each step behind the one that it follows from. */
  readonly jobs: readonly JobExplained[];
  /** What became of it for rules that wait for its study. */
  readonly studies: readonly StudyExplained[];
  /** Who wanted its objects kept, which were let go, why, and when their bytes were gone; of all revisions, in order. */
  readonly keeping: readonly (Ground & { readonly because: string })[];
}
