import type { ResultOutcome, RuleProcessing } from '@waystation/events';

/** What the result of a step decides, and where it stands in the processing of its rule. */
export interface PlacedOutcome {
  /** `steps.0.outcomes.1`. */
  readonly path: string;
  readonly outcome: ResultOutcome;
}

/** All that results decide for a rule. */
export const outcomesOf = ({ steps }: RuleProcessing): readonly PlacedOutcome[] =>
  steps.flatMap(({ outcomes = [] }, step) =>
    outcomes.map((outcome, index) => ({ path: `steps.${step}.outcomes.${index}`, outcome })),
  );
