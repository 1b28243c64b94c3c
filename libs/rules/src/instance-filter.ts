import type { Facts } from '@waystation/events';
import { readOrNothing } from './condition.js';
import { evaluateCondition } from './evaluation/evaluate-condition.js';

/**
 * Whether an instance meets one of several conditions on its own facts. One that cannot be read is met by none. Never
 * throws.
 */
export const instanceFilter = (conditions: readonly string[], steps: number): ((facts: Facts) => boolean) => {
  const read = conditions.map(readOrNothing).filter((condition) => condition !== undefined);
  return (facts) => read.some((condition) => evaluateCondition(condition, facts, { steps }).matched);
};
