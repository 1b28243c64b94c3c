import type { RuleVerdict } from '@waystation/events';
import type { Expression } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import type { Display } from './display.js';
import type { Seen } from './seen.js';

export type Observation = RuleVerdict['observations'][number];

const mostObservations = 200;

/**
 * Every part of a condition that was looked at and reads the header, once, in the order of evaluation. What came to
 * an end without a value has the reason in its place.
 */
export const observe = (
  { values: seen, notes }: Seen,
  ended: { readonly expression: Expression; readonly reason: string } | undefined,
  display: Display,
): readonly Observation[] => {
  const values = new Map<string, string>();
  for (const [expression, value] of seen) {
    if (values.size === mostObservations) break;
    const observed = expression.kind !== 'sequence' && readsOf(expression).length > 0;
    if (!observed) continue;
    const note = notes.get(expression);
    const shown = display.value(expression, value);
    values.set(display.expression(expression), note === undefined ? shown : `${shown} (${note})`);
  }
  if (ended) values.set(display.expression(ended.expression), ended.reason);
  return [...values].map(([expression, value]) => ({ expression, value }));
};
