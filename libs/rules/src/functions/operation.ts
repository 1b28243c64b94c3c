import type { Kind } from '../values/kind.js';
import type { Value } from '../values/value.js';

/** What a rule can call. Methods get the text they are called on as their first argument. */
export interface Operation {
  readonly name: string;
  /** How many arguments it takes, without the subject of a method. */
  readonly takes: { readonly from: number; readonly to: number };
  readonly returns: Kind | 'anything';
  /** Throws EvaluationFailure where it is not defined for these values. */
  readonly apply: (values: readonly Value[]) => Value;
}

/** A table of operations by name. */
export const operationsByName = (operations: readonly Operation[]): ReadonlyMap<string, Operation> =>
  new Map(operations.map((operation) => [operation.name, operation]));
