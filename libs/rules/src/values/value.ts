/** A list or a tuple: they differ in how they are written, and a list never equals a tuple. */
export interface Sequence {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly Value[];
}

/** What a literal can be: text, whole number (bigint), decimal number, truth value, None (null). */
export type Scalar = string | bigint | number | boolean | null;

/** What an expression can be. The value of a tag is always text. */
export type Value = Scalar | Sequence;

export const isSequence = (value: Value): value is Sequence => typeof value === 'object' && value !== null;
