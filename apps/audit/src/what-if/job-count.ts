import type { WhatIfSummary } from '@waystation/answers';
import type { JobDifference } from '@waystation/domain';

/** Counts what would follow from jobs while the history is gone through. */
export class JobCount {
  readonly #counts = { same: 0, forgotten: 0, undecided: 0 };
  #different = 0;
  readonly #runs = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #targets = new Map<string, { more: number; fewer: number }>();

  /** @param again `not-requested` follows from another decision, and is not counted */
  add(again: 'same' | 'forgotten' | 'undecided' | 'not-requested'): void {
    if (again !== 'not-requested') this.#counts[again]++;
  }

  /** @param module that would run in its place */
  runs(module: string): void {
    this.#runs.set(module, (this.#runs.get(module) ?? 0) + 1);
  }

  different({ was, would }: JobDifference): void {
    this.#different++;
    const [before, after] = [was, would].map(({ targets }) => new Set(targets.map(({ target }) => target)));
    if (was.outcome !== would.outcome) {
      const change = `${was.outcome} → ${would.outcome}`;
      this.#outcomes.set(change, (this.#outcomes.get(change) ?? 0) + 1);
    }
    for (const target of new Set([...(before ?? []), ...(after ?? [])])) {
      const [had, has] = [before?.has(target), after?.has(target)];
      if (had === has) continue;
      const count = this.#targets.get(target) ?? { more: 0, fewer: 0 };
      this.#targets.set(target, { more: count.more + Number(has), fewer: count.fewer + Number(had) });
    }
  }

  summary(): WhatIfSummary['jobs'] {
    const { same, ...unknown } = this.#counts;
    const runs = Object.fromEntries(this.#runs);
    const decisions = [this.#different, ...Object.values(this.#counts), ...Object.values(runs)];
    return {
      decisions: decisions.reduce((sum, count) => sum + count, 0),
      same,
      different: this.#different,
      unknown: { ...unknown, runs },
      outcomes: Object.fromEntries(this.#outcomes),
      targets: Object.fromEntries(this.#targets),
    };
  }
}
