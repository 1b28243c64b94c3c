import type { Expression } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import { isTrue } from '../values/truth.js';
import type { Display } from './display.js';
import type { Seen } from './seen.js';

const mostReasons = 3;

/** The tags an expression looked at with their values, as ` ('CT')`; nothing where it looked at none. */
export const tagValues = (expression: Expression, seen: Seen, display: Display): string => {
  const shown = new Map<string, string>();
  for (const read of readsOf(expression)) {
    const value = seen.values.get(read);
    if (read.kind === 'tag' && value !== undefined) shown.set(display.expression(read), display.value(read, value));
  }
  const note = seen.notes.get(expression);
  if (note !== undefined) return ` (${note})`;
  const values = [...shown].slice(0, mostReasons);
  if (values.length === 0) return '';
  if (shown.size === 1) return ` (${values.map(([, value]) => value).join('')})`;
  return ` (${values.map(([tag, value]) => `${tag} ${value}`).join(', ')})`;
};

const leaf = (expression: Expression, seen: Seen, display: Display): string => {
  const value = seen.values.get(expression) ?? null;
  const printed = display.expression(expression);
  if (typeof value === 'boolean') return `${printed} is ${value}${tagValues(expression, seen, display)}`;
  const counts = isTrue(value) ? 'true' : 'false';
  if (expression.kind === 'tag')
    return value === '' ? `${printed} is empty` : `${printed} is not empty (${display.value(expression, value)})`;
  if (expression.kind === 'literal') return `${printed} always counts as ${counts}`;
  const where = tagValues(expression, seen, display);
  return `${printed} is ${display.value(expression, value)}, which counts as ${counts}${where}`;
};

/** The operands that made a combination what it is: the one that decided it, or all of them. */
const deciding = (
  operands: readonly Expression[],
  whole: boolean,
  decides: boolean,
  seen: Seen,
): readonly Expression[] => {
  const looked = operands.filter((operand) => seen.values.has(operand));
  if (whole !== decides) return looked;
  return looked.filter((operand) => isTrue(seen.values.get(operand) ?? null) === decides).slice(0, 1);
};

const reasons = (expression: Expression, seen: Seen, display: Display): readonly string[] => {
  const inside = (operands: readonly Expression[], decides: boolean): readonly string[] =>
    deciding(operands, isTrue(seen.values.get(expression) ?? null), decides, seen).flatMap((operand) =>
      reasons(operand, seen, display),
    );
  if (expression.kind === 'logical') return inside(expression.operands, expression.operator === 'or');
  if (expression.kind === 'not') return reasons(expression.operand, seen, display);
  const joins = expression.kind === 'binary' && typeof seen.values.get(expression) === 'boolean';
  if (joins) return inside([expression.left, expression.right], expression.operator === '|');
  return [leaf(expression, seen, display)];
};

/** Why an expression has the value it has: what decided it, in one sentence. */
export const explain = (expression: Expression, seen: Seen, display: Display): string => {
  const all = [...new Set(reasons(expression, seen, display))];
  const more = all.length - mostReasons;
  const shown = all.slice(0, mostReasons).join(' and ');
  return more > 0 ? `${shown} and ${more} more` : shown;
};
