export { checkCondition, type Problem } from './check/check-condition.js';
export { describeProblem } from './check/describe-problem.js';
export { parseCondition, type Condition } from './condition.js';
export { evaluateRules, type RulesEvaluation } from './evaluate-rules.js';
export { evaluateCondition, type Evaluation, type EvaluationOptions } from './evaluation/evaluate-condition.js';
export type { Observation } from './evaluation/observe.js';
export type { Expression } from './syntax/expression.js';
export { printExpression } from './syntax/print-expression.js';
