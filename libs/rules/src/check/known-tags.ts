import { capitalized } from '../syntax/tag-name.js';

/** Every item of a sequence has the same elements: the first stands for all. */
const anyItem = (name: string): string => capitalized(name).replaceAll(/\[\d+\]/g, '[0]');

/** Names that a header may have. */
export class KnownTags {
  readonly names: readonly string[];
  readonly #exact: ReadonlySet<string>;
  readonly #lower: ReadonlyMap<string, string>;

  /** @param names with `[0]` for whatever item of a sequence */
  constructor(names: readonly string[]) {
    this.names = names;
    this.#exact = new Set(names.map(anyItem));
    this.#lower = new Map(names.map((name) => [anyItem(name).toLowerCase(), name]));
  }

  has(name: string): boolean {
    return this.#exact.has(anyItem(name));
  }

  /** The name as it is known, where letters differ in case only. */
  inOtherCase(name: string): string | undefined {
    return this.#lower.get(anyItem(name).toLowerCase());
  }

  /** The first name of what is in the items, where the name is that of a sequence. */
  inItemsOf(name: string): string | undefined {
    const items = `${anyItem(name)}[0].`.toLowerCase();
    return this.names.find((known) => known.toLowerCase().startsWith(items));
  }
}
