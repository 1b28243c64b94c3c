import type { BinaryOperator } from '../values/binary-operator.js';
import type { OrderOperator } from '../values/order.js';
import type { Scalar } from '../values/value.js';

interface Located {
  /** Where it begins in the text of the condition. */
  readonly at: number;
}

export interface Literal extends Located {
  readonly kind: 'literal';
  readonly value: Scalar;
}

/**
 * `tags["Modality"]` (exact), `tags.Modality` (any case), `@Modality@` (required: exact, and the header has to have it
 * whether evaluation comes to it or not). `result.nodules` (result) is asked of what a module found, by its whole name.
 */
export interface TagValue extends Located {
  readonly kind: 'tag';
  readonly name: string;
  readonly matching: 'required' | 'exact' | 'any-case' | 'result';
}

/** `'Modality' in tags`. */
export interface TagPresence extends Located {
  readonly kind: 'presence';
  readonly name: Expression;
  readonly negated: boolean;
}

/** `exists(@Modality@)`. */
export interface TagExists extends Located {
  readonly kind: 'exists';
  readonly tag: TagValue;
}

/** `len(tags)`. */
export interface HeaderSize extends Located {
  readonly kind: 'header-size';
}

export interface SequenceOf extends Located {
  readonly kind: 'sequence';
  readonly sequence: 'list' | 'tuple' | 'set';
  readonly items: readonly Expression[];
}

/** `a and b and c`: evaluated from the left until one decides. */
export interface Logical extends Located {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly operands: readonly Expression[];
}

export interface Not extends Located {
  readonly kind: 'not';
  readonly operand: Expression;
}

export type ComparisonOperator = '==' | '!=' | 'in' | 'not in' | 'is' | 'is not' | OrderOperator;

export interface Link {
  readonly operator: ComparisonOperator;
  readonly operand: Expression;
}

/** `a < b < c`: every neighbouring pair must hold, and each operand is evaluated once. */
export interface Comparison extends Located {
  readonly kind: 'comparison';
  readonly first: Expression;
  readonly links: readonly Link[];
}

export interface Binary extends Located {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Located {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~';
  readonly operand: Expression;
}

/** `float(x)`. */
export interface FunctionCall extends Located {
  readonly kind: 'function';
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** `x.lower()`. */
export interface MethodCall extends Located {
  readonly kind: 'method';
  readonly subject: Expression;
  readonly name: string;
  readonly arguments: readonly Expression[];
}

/** `map(float, x)` and `filter(str.isdigit, x)`. */
export interface Each extends Located {
  readonly kind: 'each';
  readonly how: 'map' | 'filter';
  /** A function, or a method of text. */
  readonly operation: { readonly kind: 'function' | 'method'; readonly name: string };
  readonly over: Expression;
}

/** `x[0]`. */
export interface Index extends Located {
  readonly kind: 'index';
  readonly subject: Expression;
  readonly index: Expression;
}

/** `x[1:3]`, `x[::2]`; an absent end reaches to the border. */
export interface Slice extends Located {
  readonly kind: 'slice';
  readonly subject: Expression;
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}

/** `rule("CT to archive")`: whether the condition of another rule holds. */
export interface RuleReference extends Located {
  readonly kind: 'rule';
  readonly name: string;
}

/** `series.count`, `series.values("EchoTime")`: over all instances of the series. */
export interface SeriesValue extends Located {
  readonly kind: 'series';
  readonly what: 'count' | { readonly values: string };
}

/** `any_instance(condition)`: the condition is asked about every instance of the series. */
export interface OverInstances extends Located {
  readonly kind: 'instances';
  readonly quantifier: 'any' | 'all' | 'count';
  readonly condition: Expression;
}

export type Expression =
  | Literal
  | TagValue
  | TagPresence
  | TagExists
  | HeaderSize
  | SequenceOf
  | Logical
  | Not
  | Comparison
  | Binary
  | Unary
  | FunctionCall
  | MethodCall
  | Each
  | Index
  | Slice
  | RuleReference
  | SeriesValue
  | OverInstances;
