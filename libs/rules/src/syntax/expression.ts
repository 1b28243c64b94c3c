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

/** `@Modality@` and `tags["Modality"]` (exact), `tags.Modality` (any case). */
export interface TagValue extends Located {
  readonly kind: 'tag';
  readonly name: string;
  readonly matching: 'exact' | 'any-case';
}

/** `'Modality' in tags`. */
export interface TagPresence extends Located {
  readonly kind: 'presence';
  readonly name: Expression;
  readonly negated: boolean;
}

export interface SequenceOf extends Located {
  readonly kind: 'sequence';
  readonly sequence: 'list' | 'tuple';
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

export type ComparisonOperator = '==' | '!=' | 'in' | 'not in' | OrderOperator;

/** `a < b < c`: every neighbouring pair must hold, and each operand is evaluated once. */
export interface Comparison extends Located {
  readonly kind: 'comparison';
  readonly first: Expression;
  readonly links: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}

export interface Binary extends Located {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Unary extends Located {
  readonly kind: 'unary';
  readonly operator: '-' | '+';
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

/** `x[0]`. */
export interface Index extends Located {
  readonly kind: 'index';
  readonly subject: Expression;
  readonly index: Expression;
}

/** `x[1:3]`; an absent end reaches to the border. */
export interface Slice extends Located {
  readonly kind: 'slice';
  readonly subject: Expression;
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
}

export type Expression =
  | Literal
  | TagValue
  | TagPresence
  | SequenceOf
  | Logical
  | Not
  | Comparison
  | Binary
  | Unary
  | FunctionCall
  | MethodCall
  | Index
  | Slice;
