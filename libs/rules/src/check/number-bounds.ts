import type { ComparisonOperator, Expression } from '../syntax/expression.js';
import { printExpression } from '../syntax/print-expression.js';
import type { Claim } from './atom.js';

/** Between what a number lies. */
interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly withFrom: boolean;
  readonly withTo: boolean;
}

type Order = '<' | '<=' | '>' | '>=' | '==';

const turned: Readonly<Record<Order, Order>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' };
const opposite: Partial<Record<ComparisonOperator, Order>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '!=': '==',
};
const isOrder = (operator: ComparisonOperator | undefined): operator is Order =>
  operator !== undefined && Object.hasOwn(turned, operator);

const numbers = ['float', 'int', 'number', 'len'];
const wholes = ['int', 'len'];

/** `float(@SliceThickness@)`. */
const isMeasure = (expression: Expression): boolean =>
  expression.kind === 'function' && numbers.includes(expression.name) && expression.arguments[0]?.kind === 'tag';

const numberOf = (expression: Expression): number | undefined => {
  if (expression.kind === 'unary' && expression.operator === '-') {
    const number = numberOf(expression.operand);
    return number === undefined ? undefined : -number;
  }
  if (expression.kind !== 'literal') return undefined;
  const { value } = expression;
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : undefined;
};

interface Bound {
  readonly measure: Expression;
  readonly operator: Order;
  readonly number: number;
}

const boundsIn = ({ expression, wanted }: Claim): readonly Bound[] => {
  if (expression.kind !== 'comparison' || (!wanted && expression.links.length > 1)) return [];
  let left = expression.first;
  return expression.links.flatMap(({ operator, operand }) => {
    const [before, right] = [left, operand];
    left = operand;
    const order = wanted ? operator : opposite[operator];
    if (!isOrder(order)) return [];
    const [leftNumber, rightNumber] = [numberOf(before), numberOf(right)];
    if (isMeasure(before) && rightNumber !== undefined)
      return [{ measure: before, operator: order, number: rightNumber }];
    if (isMeasure(right) && leftNumber !== undefined)
      return [{ measure: right, operator: turned[order], number: leftNumber }];
    return [];
  });
};

const narrowed = (bounds: Bounds, { operator, number }: Bound): Bounds => {
  const [below, above, included] = [operator.startsWith('<'), operator.startsWith('>'), operator.endsWith('=')];
  let next = bounds;
  if (!below && (number > next.from || (number === next.from && !included)))
    next = { ...next, from: number, withFrom: included };
  if (!above && (number < next.to || (number === next.to && !included)))
    next = { ...next, to: number, withTo: included };
  return next;
};

const isEmpty = ({ from, to, withFrom, withTo }: Bounds, whole: boolean): boolean => {
  if (!whole) return from > to || (from === to && !(withFrom && withTo));
  const least = Number.isInteger(from) && !withFrom ? from + 1 : Math.ceil(from);
  const most = Number.isInteger(to) && !withTo ? to - 1 : Math.floor(to);
  return least > most;
};

/** Whether no number of one tag lies between the bounds that all claims give it together. */
export const haveNoNumber = (claims: readonly Claim[]): boolean => {
  const all = new Map<string, { readonly bounds: Bounds; readonly whole: boolean }>();
  for (const bound of claims.flatMap(boundsIn)) {
    const { measure } = bound;
    const key = printExpression(measure);
    const whole = measure.kind === 'function' && wholes.includes(measure.name);
    const least = measure.kind === 'function' && measure.name === 'len' ? 0 : -Infinity;
    const everything = { from: least, to: Infinity, withFrom: true, withTo: true };
    const bounds = narrowed(all.get(key)?.bounds ?? everything, bound);
    all.set(key, { bounds, whole });
  }
  return [...all.values()].some(({ bounds, whole }) => isEmpty(bounds, whole));
};
