import type { Kind } from '../values/kind.js';
import type { Value } from '../values/value.js';

/** What a rule can call. Methods get the value they are called on as their first argument. */
export interface Operation {
  readonly name: string;
  /** How many arguments it takes, without the subject of a method. */
  readonly takes: { readonly from: number; readonly to: number };
  /** Names by which arguments can be given, in the order of their places. */
  readonly parameters?: readonly string[];
  readonly returns: Kind | 'anything';
  /** Of a method: the kinds of value it can be called on. */
  readonly on?: readonly Kind[];
  /** Throws EvaluationFailure where it is not defined for these values. */
  readonly apply: (values: readonly Value[]) => Value;
  /** Steps that it takes beside the usual. */
  readonly cost?: (values: readonly Value[]) => number;
}

/** A table of operations by name. */
export const operationsByName = (operations: readonly Operation[]): ReadonlyMap<string, Operation> =>
  new Map(operations.map((operation) => [operation.name, operation]));
