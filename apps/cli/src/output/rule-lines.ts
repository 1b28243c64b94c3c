import type { RuleExplained } from '@waystation/answers';
import { nameOfTarget } from '@waystation/events';
import { oneLine } from './one-line.js';

/** What a rule said and why, with what it saw. */
export const ruleLines = (rule: RuleExplained): readonly string[] => [
  `rule '${rule.rule}'${rule.fallback ? ' (fallback)' : ''}: ${rule.verdict.toUpperCase()}, ${oneLine(rule.because)}`,
  `  ${rule.action}${rule.targets.length === 0 ? '' : ` to ${rule.targets.map(nameOfTarget).join(', ')}`} when ${oneLine(rule.condition)}`,
  ...(rule.askedAgain ? ['    asked again, it sees:'] : []),
  ...rule.observations.map(({ expression, value }) => `    ${oneLine(expression)}  →  ${oneLine(value)}`),
];
