import type { WhatIfSummary } from '@waystation/answers';
import type { DecisionDifference } from '@waystation/domain';
import { EffectCount } from './effect-count.js';

/** Counts while the history is gone through. */
export class SummaryCount {
  #same = 0;
  #different = 0;
  #forgotten = 0;
  #notRead = 0;
  readonly #names = new Set<string>();
  readonly #effects = new EffectCount();
  readonly #rules = new Map<string, number>();

  get decisions(): number {
    return this.#same + this.#different + this.#forgotten + this.#notRead;
  }

  get different(): number {
    return this.#different;
  }

  forgotten(): void {
    this.#forgotten++;
  }

  /** @param names what nobody read */
  notRead(names: readonly string[]): void {
    this.#notRead++;
    for (const name of names) this.#names.add(name);
  }

  /** @param difference undefined where it would be the same */
  decided(difference: DecisionDifference | undefined): void {
    if (!difference) {
      this.#same++;
      return;
    }
    this.#different++;
    this.#effects.add(difference);
    for (const { rule } of difference.rules) this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
  }

  /** @param range positions that were looked through */
  summary(range: Pick<WhatIfSummary, 'from' | 'to'>): Omit<WhatIfSummary, 'jobs'> {
    return {
      ...range,
      decisions: this.decisions,
      same: this.#same,
      different: this.#different,
      unknown: { forgotten: this.#forgotten, notRead: this.#notRead, names: [...this.#names].toSorted() },
      ...this.#effects.summary(),
      rules: Object.fromEntries(this.#rules),
    };
  }
}
