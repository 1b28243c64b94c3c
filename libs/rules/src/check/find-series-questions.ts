import type { Expression } from '../syntax/expression.js';
import { partsOfKind } from '../syntax/parts-of.js';
import type { Finding } from './finding.js';

/** Finds what an instance cannot be asked. */
export const findSeriesQuestions = (expression: Expression): readonly Finding[] =>
  [
    ...partsOfKind(expression, 'instances'),
    ...partsOfKind(expression, 'series'),
    ...partsOfKind(expression, 'rule'),
  ].map(({ at }) => ({
    severity: 'error',
    code: 'rules.impossible',
    offset: at,
    message: 'a condition on instances looks at their own tags only, not at the series',
  }));
