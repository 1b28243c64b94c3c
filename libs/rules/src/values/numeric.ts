import type { Value } from './value.js';

/** What counts as a number: Python takes True as 1 and False as 0. */
export type Numeric = bigint | number | boolean;

export const isNumber = (value: Value): value is Numeric =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';

/** A truth value as the number it counts as. */
export const numberOf = (value: Numeric): bigint | number => (typeof value === 'boolean' ? (value ? 1n : 0n) : value);
