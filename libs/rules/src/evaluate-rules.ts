import type { Facts, Rule } from '@waystation/events';
import { compileRules } from './compile-rules.js';
import type { EvaluationOptions } from './evaluation/evaluate-condition.js';
import type { RulesEvaluation } from './rules-decision.js';

/** Asks all rules about a header once. See {@link compileRules}. */
export const evaluateRules = (
  rules: readonly Rule[],
  facts: Facts,
  { steps, identityKeywords }: EvaluationOptions = {},
): RulesEvaluation =>
  compileRules(rules, steps === undefined ? {} : { steps }).explain(
    identityKeywords ? { facts, identityKeywords } : { facts },
  );
