import { KindChecker } from '../check/kind-checker.js';
import type { Expression } from '../syntax/expression.js';
import type { Logic } from './logic.js';

const isTruth = (expression: Expression): boolean => new KindChecker().kindOf(expression) === 'a truth value';

/**
 * The truth of an expression as what joins its parts.
 * @param known what is already known about an expression; it is not taken apart any further
 * @param atom what cannot be taken apart
 */
export const logicOf = (
  expression: Expression,
  known: (expression: Expression) => Logic | undefined,
  atom: (expression: Expression) => Logic,
): Logic => {
  const found = known(expression);
  if (found) return found;
  const partsOf = (parts: readonly Expression[]): readonly Logic[] => parts.map((part) => logicOf(part, known, atom));
  if (expression.kind === 'logical') return { kind: expression.operator, parts: partsOf(expression.operands) };
  if (expression.kind === 'not') return { kind: 'not', part: logicOf(expression.operand, known, atom) };
  if (expression.kind === 'binary' && (expression.operator === '|' || expression.operator === '&')) {
    const parts = [expression.left, expression.right];
    if (parts.every(isTruth)) return { kind: expression.operator === '|' ? 'some' : 'all', parts: partsOf(parts) };
  }
  return atom(expression);
};
