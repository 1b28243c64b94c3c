import type { Expression } from '../syntax/expression.js';
import type { Value } from '../values/value.js';

/** What an evaluation looked at. */
export interface Seen {
  /** Every part that has a value, with it, in the order of evaluation. */
  readonly values: Map<Expression, Value>;
  /** What is to be said of a part beside its value. */
  readonly notes: Map<Expression, string>;
}
