import type { WhatIfSummary } from '@waystation/answers';
import type { DecisionDifference } from '@waystation/domain';

/** Counts while the history is gone through. */
export class SummaryCount {
  #same = 0;
  #different = 0;
  #forgotten = 0;
  #notRead = 0;
  readonly #names = new Set<string>();
  readonly #outcomes = new Map<string, number>();
  readonly #targets = new Map<string, { more: number; fewer: number }>();
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
    const { was, would, rules } = difference;
    if (was.outcome !== would.outcome) add(this.#outcomes, `${was.outcome} → ${would.outcome}`);
    for (const { rule } of rules) add(this.#rules, rule);
    const [before, after] = [was, would].map(({ targets }) => new Set(targets.map(({ target }) => target)));
    for (const target of new Set([...(before ?? []), ...(after ?? [])])) {
      const [had, has] = [before?.has(target), after?.has(target)];
      if (had === has) continue;
      const count = this.#targets.get(target) ?? { more: 0, fewer: 0 };
      this.#targets.set(target, { more: count.more + Number(has), fewer: count.fewer + Number(had) });
    }
  }

  /** @param range positions that were looked through */
  summary(range: Pick<WhatIfSummary, 'from' | 'to'>): Omit<WhatIfSummary, 'jobs'> {
    return {
      ...range,
      decisions: this.decisions,
      same: this.#same,
      different: this.#different,
      unknown: { forgotten: this.#forgotten, notRead: this.#notRead, names: [...this.#names].toSorted() },
      outcomes: Object.fromEntries(this.#outcomes),
      targets: Object.fromEntries(this.#targets),
      rules: Object.fromEntries(this.#rules),
    };
  }
}

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
