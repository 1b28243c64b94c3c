import { sizeOf } from '../values/size-of.js';
import type { Value } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';

const charactersPerStep = 100;

/** Counts the steps of an evaluation. A step is one expression, or a hundred characters or items looked at. */
export class Meter {
  #left: number;

  constructor(readonly limit: number) {
    this.#left = limit;
  }

  /** Steps taken so far. */
  get spent(): number {
    return this.limit - this.#left;
  }

  /** Takes a step that looks at these values. Throws EvaluationFailure when there are no steps left. */
  spend(...values: readonly Value[]): void {
    this.#left -= 1;
    for (const value of values) {
      const size = typeof value === 'string' ? value.length : sizeOf(value);
      if (size >= charactersPerStep) this.#left -= Math.floor(size / charactersPerStep);
    }
    if (this.#left < 0) throw this.#spent();
  }

  /** Takes steps for what an operation does beside looking at its values. Throws EvaluationFailure. */
  charge(steps: number): void {
    this.#left -= Math.ceil(steps);
    if (this.#left < 0) throw this.#spent();
  }

  #spent(): EvaluationFailure {
    return new EvaluationFailure(`the evaluation takes more than ${this.limit} steps`);
  }
}
