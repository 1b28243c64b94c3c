import type { Facts } from '@waystation/events';
import type { TagValue } from '../syntax/expression.js';
import { capitalized } from '../syntax/tag-name.js';

/** The facts a condition is asked about. The order of the facts makes no difference. */
export class Header {
  #byLowerCase: ReadonlyMap<string, string> | undefined;

  constructor(private readonly facts: Facts) {}

  /** Whether the header has a tag, or a sequence with something in its items. */
  has(name: string): boolean {
    return this.#holds(name) || this.#holds(capitalized(name)) || this.#isSequence(name);
  }

  /** The value of a tag; undefined where the header has none. A name in the right case wins over any other. */
  valueOf({ name, matching }: Pick<TagValue, 'name' | 'matching'>): string | undefined {
    if (this.#holds(name)) return this.facts[name];
    const found = matching === 'exact' ? capitalized(name) : this.#names().get(name.toLowerCase());
    return found !== undefined && this.#holds(found) ? this.facts[found] : undefined;
  }

  #holds(name: string): boolean {
    return Object.hasOwn(this.facts, name);
  }

  #isSequence(name: string): boolean {
    const items = `${name}[`;
    return name !== '' && Object.keys(this.facts).some((fact) => fact.startsWith(items));
  }

  /** Where names differ only in case, the first in alphabetical order counts. */
  #names(): ReadonlyMap<string, string> {
    if (!this.#byLowerCase) {
      const names = Object.keys(this.facts).toSorted().toReversed();
      this.#byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
    }
    return this.#byLowerCase;
  }
}
