import type { Facts } from '@waystation/events';
import type { TagValue } from '../syntax/expression.js';

/** The facts a condition is asked about. The order of the facts makes no difference. */
export class Header {
  #byLowerCase: ReadonlyMap<string, string> | undefined;

  constructor(private readonly facts: Facts) {}

  has(name: string): boolean {
    return Object.hasOwn(this.facts, name);
  }

  /** The value of a tag; undefined where the header has none. A name in the right case wins over any other. */
  valueOf({ name, matching }: Pick<TagValue, 'name' | 'matching'>): string | undefined {
    const found = this.has(name) || matching === 'exact' ? name : this.#names().get(name.toLowerCase());
    return found !== undefined && this.has(found) ? this.facts[found] : undefined;
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
