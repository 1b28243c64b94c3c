import type { ConfigurationDocument } from '@waystation/events';
import { askedNames } from '@waystation/rules';

/** Every item of a sequence has the same elements, and some conditions do not look at case. */
const alike = (name: string): string => name.replaceAll(/\[\d+\]/g, '[0]').toLowerCase();

/** What rules have to know of a series before they can be asked. */
export class NeededFacts {
  readonly #names: readonly string[];
  readonly #others: boolean;

  constructor({ rules }: Pick<ConfigurationDocument, 'rules'>) {
    const { names, others } = askedNames(rules.filter(({ disabled }) => !disabled));
    this.#names = names;
    this.#others = others;
  }

  /** Names they ask for that are not among these. @param read with `[0]` for whatever item of a sequence */
  beyond(read: readonly string[]): readonly string[] {
    const known = new Set(read.flatMap(withSequences).map(alike));
    return this.#names.filter((name) => !known.has(alike(name)));
  }

  /** Whether they ask, or may ask, for any name that is not among these. */
  mayAskBeyond(read: readonly string[]): boolean {
    return this.#others || this.beyond(read).length > 0;
  }
}

/** A name, and those of the sequences that it is in: whether they have items can be asked. */
const withSequences = (name: string): readonly string[] => [
  name,
  ...[...name.matchAll(/\[0\]/g)].map(({ index }) => name.slice(0, index)),
];
