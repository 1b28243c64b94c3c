import type { WhatIfSummary } from '@waystation/answers';
import type { JobDifference } from '@waystation/domain';
import { EffectCount } from './effect-count.js';

/** Counts what would follow from jobs while the history is gone through. */
export class JobCount {
  readonly #counts = { same: 0, forgotten: 0, undecided: 0 };
  #different = 0;
  readonly #runs = new Map<string, number>();
  readonly #effects = new EffectCount();

  /** @param again `not-requested` follows from another decision, and is not counted */
  add(again: 'same' | 'forgotten' | 'undecided' | 'not-requested'): void {
    if (again !== 'not-requested') this.#counts[again]++;
  }

  /** @param module that would run in its place */
  runs(module: string): void {
    this.#runs.set(module, (this.#runs.get(module) ?? 0) + 1);
  }

  different(difference: JobDifference): void {
    this.#different++;
    this.#effects.add(difference);
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
      ...this.#effects.summary(),
    };
  }
}
