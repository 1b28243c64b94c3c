import type { Facts } from '@waystation/events';

/** Facts as JSON, the same for the same facts whatever their order. */
export const factsText = (facts: Facts): string => {
  const entries = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
};

/**
 * Reads what {@link factsText} wrote, under every name: whoever made the object chose some of them, and a schema of zod
 * leaves `__proto__` out of what it returns.
 *
 * @throws TypeError where it is no object of texts; SyntaxError where it is no JSON
 */
export const factsIn = (text: string): Facts => {
  const value: unknown = JSON.parse(text);
  if (isFacts(value)) return value;
  throw new TypeError('what is sealed is no object of texts, expected facts by name');
};

const isFacts = (value: unknown): value is Facts =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((each) => typeof each === 'string');
