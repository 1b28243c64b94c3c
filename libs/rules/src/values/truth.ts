import { isSequence, type Value } from './value.js';

/** Whether a value counts as true: not empty, not zero, not None. */
export const isTrue = (value: Value): boolean =>
  isSequence(value)
    ? value.items.length > 0 || value.kind === 'iterator'
    : value !== null && value !== '' && value !== 0n && value !== 0 && value !== false;
