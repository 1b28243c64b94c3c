import type { ComparisonOperator } from '../syntax/expression.js';
import { areEqual } from '../values/equal.js';
import { kindOf } from '../values/kind.js';
import { isOrdered } from '../values/order.js';
import { hasItem } from '../values/set.js';
import { isSequence, type Value } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';

const contains = (container: Value, element: Value): boolean => {
  if (isSequence(container) && container.kind === 'set') return hasItem(container, element);
  if (isSequence(container)) return container.items.some((item) => areEqual(item, element));
  if (typeof container === 'string' && typeof element === 'string') return container.includes(element);
  throw new EvaluationFailure(`'in' is not defined for ${kindOf(element)} and ${kindOf(container)}`);
};

/** Whether `left operator right` holds. Throws EvaluationFailure where that is not defined. */
export const compare = (operator: ComparisonOperator, left: Value, right: Value): boolean => {
  switch (operator) {
    case '==':
      return areEqual(left, right);
    case '!=':
      return !areEqual(left, right);
    case 'is':
      return left === right;
    case 'is not':
      return left !== right;
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isOrdered(operator, left, right);
  }
};
