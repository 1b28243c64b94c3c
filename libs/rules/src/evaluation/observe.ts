import type { RuleVerdict } from '@waystation/events';
import type { Expression } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import type { Value } from '../values/value.js';
import type { Display } from './display.js';

export type Observation = RuleVerdict['observations'][number];

const mostObservations = 200;

/**
 * Every part of a condition that was looked at and reads the header, once, in the order of evaluation. What came to
 * an end without a value has the reason in its place.
 */
export const observe = (
  seen: ReadonlyMap<Expression, Value>,
  ended: { readonly expression: Expression; readonly reason: string } | undefined,
  display: Display,
): readonly Observation[] => {
  const values = new Map<string, string>();
  for (const [expression, value] of seen) {
    if (values.size === mostObservations) break;
    const observed = expression.kind !== 'sequence' && readsOf(expression).length > 0;
    if (observed) values.set(display.expression(expression), display.value(expression, value));
  }
  if (ended) values.set(display.expression(ended.expression), ended.reason);
  return [...values].map(([expression, value]) => ({ expression, value }));
};
