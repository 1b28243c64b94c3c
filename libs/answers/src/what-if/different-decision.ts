import type { RuleVerdict } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { DecisionEffects } from './decision-effects.js';

/** What a rule said, or would say. */
type RuleWord = Pick<RuleVerdict, 'verdict' | 'because'>;

/** A decision of the past that would be another one. */
export interface DifferentDecision {
  readonly position: number;
  readonly recordedtime: Instant;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly revision: number;
  /** Version of the configuration that decided. */
  readonly configuration: number;
  readonly was: DecisionEffects;
  readonly would: DecisionEffects;
  /** Why: the rules that make the difference. */
  readonly rules: readonly {
    readonly rule: string;
    /** Absent where there was no such rule. */
    readonly was?: RuleWord;
    /** Absent where there is no such rule any more, or none would be asked. */
    readonly would?: RuleWord;
    /** What else it is: `targets`, `priority`; where it matched and would match. */
    readonly changed?: readonly string[];
  }[];
}
