/**
 * Several values. They differ in what can be done with them, and none equals one of another kind. A set holds no two
 * equal items. An iterator, which `map` and its like give, can only be gone through, and always counts as true.
 */
export interface Sequence {
  readonly kind: 'list' | 'tuple' | 'set' | 'range' | 'iterator';
  readonly items: readonly Value[];
}

/** What a literal can be: text, whole number (bigint), decimal number, truth value, None (null). */
export type Scalar = string | bigint | number | boolean | null;

/** What an expression can be. The value of a tag is always text. */
export type Value = Scalar | Sequence;

export const isSequence = (value: Value): value is Sequence => typeof value === 'object' && value !== null;
