import type { ComparisonOperator, Expression } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import { printExpression } from '../syntax/print-expression.js';
import { shorten } from '../values/code-points.js';
import { canContain, canEqual, canOrder, isNumeric, kindOf, type Kind } from '../values/kind.js';
import type { Finding } from './finding.js';

interface Sides {
  readonly left: Expression;
  readonly right: Expression;
  readonly leftKind: Kind | 'anything';
  readonly rightKind: Kind | 'anything';
}

const print = (expression: Expression): string => shorten(printExpression(expression), 80);

/** The text to convert where text meets a number. */
const conversion = ({ left, right, leftKind, rightKind }: Sides): { readonly suggestion?: string } => {
  const text =
    leftKind === 'text' && rightKind !== 'anything' && isNumeric(rightKind)
      ? left
      : rightKind === 'text' && leftKind !== 'anything' && isNumeric(leftKind)
        ? right
        : undefined;
  return text ? { suggestion: `write float(${print(text)})` } : {};
};

const checkMembership = (sides: Sides, operator: string): readonly Finding[] => {
  const { left, right, leftKind, rightKind } = sides;
  if (leftKind === 'anything' || rightKind === 'anything') return [];
  if (!canContain(leftKind, rightKind)) {
    const message = `'in' is not defined for ${leftKind} and ${rightKind}`;
    return [{ severity: 'error', code: 'rules.impossible', offset: left.at, message, ...conversion(sides) }];
  }
  const place = { severity: 'warning', code: 'rules.suspicious', offset: left.at } as const;
  if (right.kind === 'literal' && rightKind === 'text' && readsOf(left).length > 0) {
    const message = `'in' a text looks for a part: ${print(left)} also matches when it is empty or only a part of ${print(right)}`;
    return [{ ...place, message, suggestion: `write ${print(left)} ${operator} (${print(right)},)` }];
  }
  const items = right.kind === 'sequence' ? right.items : [];
  const literals = items.flatMap((item) => (item.kind === 'literal' ? [kindOf(item.value)] : []));
  if (items.length === 0 || literals.length < items.length || literals.some((kind) => canEqual(leftKind, kind)))
    return [];
  const message = `${leftKind} is never equal to any of ${print(right)}`;
  return [{ severity: 'error', code: 'rules.impossible', offset: left.at, message }];
};

/** What is wrong with one comparison, as far as the kinds of its sides tell. */
export const checkLink = (operator: ComparisonOperator, sides: Sides): readonly Finding[] => {
  const { left, leftKind, rightKind } = sides;
  if (operator === 'is' || operator === 'is not') return [];
  if (operator === 'in' || operator === 'not in') return checkMembership(sides, operator);
  if (leftKind === 'anything' || rightKind === 'anything') return [];
  if (operator === '==' || operator === '!=') {
    if (canEqual(leftKind, rightKind)) return [];
    const message = `${leftKind} is never equal to ${rightKind}`;
    return [{ severity: 'error', code: 'rules.impossible', offset: left.at, message, ...conversion(sides) }];
  }
  if (canOrder(leftKind, rightKind)) return [];
  const message = `'${operator}' cannot compare ${leftKind} with ${rightKind}`;
  return [{ severity: 'error', code: 'rules.impossible', offset: left.at, message, ...conversion(sides) }];
};
