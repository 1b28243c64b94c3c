import type { DifferentDecision } from './different-decision.js';
import type { DifferentJob } from './different-job.js';
import type { WhatIfSummary } from './what-if-summary.js';

/** The first differences, and how many there are of everything. */
export interface WhatIfAnswer {
  readonly differences: readonly DifferentDecision[];
  /** What would follow otherwise from what modules found. */
  readonly jobs: readonly DifferentJob[];
  readonly summary: WhatIfSummary;
}

/** A line of an answer that is told as it is found, in the order of the log; the last one is `{"result":…}`. */
export type WhatIfLine =
  | { readonly difference: DifferentDecision }
  | { readonly job: DifferentJob }
  | {
      readonly progress: {
        readonly position: number;
        readonly to: number;
        readonly decisions: number;
        readonly different: number;
      };
    };
