import type { Rule } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { parseCondition } from './condition.js';
import { findReferenceProblems } from './references.js';
import type { Expression } from './syntax/expression.js';

/** A rule whose condition was read, or why it cannot be asked. */
export type ReadRule =
  | { readonly rule: Rule; readonly expression: Expression }
  | { readonly rule: Rule; readonly expression?: undefined; readonly problem: string };

const read = (rule: Rule): ReadRule => {
  try {
    return { rule, expression: parseCondition(rule.condition).expression };
  } catch (thrown) {
    return { rule, problem: `the condition cannot be read: ${messageOf(thrown).split('\n', 1).join('')}` };
  }
};

/** Reads the conditions of rules, in the order of the rules. Never throws. */
export const readRules = (rules: readonly Rule[]): readonly ReadRule[] => {
  const all = rules.map(read);
  const problems = findReferenceProblems(all.map(({ rule, expression }) => ({ name: rule.name, expression })));
  return all.map((one, index) => {
    const [problem] = problems.get(index) ?? [];
    return problem === undefined || one.expression === undefined ? one : { rule: one.rule, problem: problem.sentence };
  });
};
