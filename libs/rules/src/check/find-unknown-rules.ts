import { suggest } from '../suggest.js';
import type { Expression } from '../syntax/expression.js';
import { partsOfKind } from '../syntax/parts-of.js';
import type { Finding } from './finding.js';

/** Finds names of rules that there are not. */
export const findUnknownRules = (expression: Expression, ruleNames: readonly string[]): readonly Finding[] =>
  partsOfKind(expression, 'rule')
    .filter(({ name }) => !ruleNames.includes(name))
    .map(({ name, at }) => {
      const alike = suggest(name, ruleNames);
      const message = `there is no rule called '${name}'`;
      const finding = { severity: 'error', code: 'rules.unknown-rule', offset: at, message } as const;
      return alike === undefined ? finding : { ...finding, suggestion: `did you mean '${alike}'?` };
    });
