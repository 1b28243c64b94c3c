import type { World } from './world.js';

const nothingElse = (): never => {
  throw new Error('an expression that looks at one tag asks for nothing else');
};

/**
 * What an expression sees that looks at one tag only.
 * @param value undefined where the header does not have it
 * @param items whether it is a sequence with something in its items
 */
export const worldOfTag = (value: string | undefined, items = false): World => ({
  header: { valueOf: () => value, has: () => value !== undefined || items, size: 0 },
  instances: nothingElse,
  holds: nothingElse,
});
