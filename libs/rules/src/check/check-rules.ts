import type { Rule } from '@waystation/events';
import { readOrNothing } from '../condition.js';
import { findReferenceProblems } from '../references.js';
import { positionOf } from '../syntax/position.js';
import type { Problem } from './check-condition.js';

/** What is wrong with the condition of a rule, among others. */
export interface RuleProblem {
  /** Name of the rule. */
  readonly rule: string;
  readonly problem: Problem;
}

/**
 * What is wrong between rules: references to rules that there are not, in a circle, or too deep. A condition that cannot
 * be read is passed over: {@link checkCondition} has said so. Never throws.
 */
export const checkRules = (rules: readonly Pick<Rule, 'name' | 'condition'>[]): readonly RuleProblem[] => {
  const named = rules.map(({ name, condition }) => ({ name, expression: readOrNothing(condition)?.expression }));
  return [...findReferenceProblems(named)].flatMap(([index, problems]) =>
    problems.map(({ code, reference, sentence }): RuleProblem => {
      const { name = '', condition = '' } = rules[index] ?? {};
      const position = positionOf(condition, reference.at);
      return {
        rule: name,
        problem: { severity: 'error', code, message: sentence, ...position },
      };
    }),
  );
};
