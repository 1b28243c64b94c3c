import type { Facts } from '@waystation/events';

/** Facts as JSON, the same for the same facts whatever their order. */
export const factsText = (facts: Facts): string => {
  const entries = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
};
