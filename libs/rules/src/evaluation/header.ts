import type { Facts } from '@waystation/events';
import type { TagValue } from '../syntax/expression.js';
import { capitalized } from '../syntax/tag-name.js';

/** What a condition reads tags from. */
export interface Header {
  /** Whether the header has a tag, or a sequence with something in its items. */
  has(name: string): boolean;
  /** The value of a tag; undefined where the header has none. A name in the right case wins over any other. */
  valueOf(tag: Pick<TagValue, 'name' | 'matching'>): string | undefined;
  /** How many tags the header has. */
  readonly size: number;
}

/** The value of a fact of exactly this name. Facts are their own properties: no header has a `constructor`. */
export const factOf = (facts: Facts, name: string): string | undefined => {
  const value = facts[name];
  return typeof value === 'string' ? value : undefined;
};

/** The value of the fact whose name differs in case only; of several, the first in alphabetical order. */
export const factInAnyCase = (facts: Facts, name: string): string | undefined => {
  const lower = name.toLowerCase();
  let found: string | undefined;
  for (const fact in facts) {
    const same = fact.length === name.length && fact.toLowerCase() === lower;
    if (same && (found === undefined || fact < found)) found = fact;
  }
  return found === undefined ? undefined : factOf(facts, found);
};

/** Whether there is something in the items of a sequence. */
export const hasItems = (facts: Facts, name: string): boolean => {
  if (name === '') return false;
  for (const fact in facts) {
    if (fact.length > name.length && fact.charAt(name.length) === '[' && fact.startsWith(name)) return true;
  }
  return false;
};

/** The facts that conditions are asked about. Their order makes no difference. */
export const headerOf = (facts: Facts): Header => {
  const exact = (name: string): string | undefined => factOf(facts, name) ?? factOf(facts, capitalized(name));
  return {
    has: (name) => exact(name) !== undefined || hasItems(facts, name),
    valueOf: ({ name, matching }) => exact(name) ?? (matching === 'any-case' ? factInAnyCase(facts, name) : undefined),
    get size() {
      return Object.keys(facts).length;
    },
  };
};
