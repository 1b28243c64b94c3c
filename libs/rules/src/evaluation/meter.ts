import { isSequence, type Value } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';

const charactersPerStep = 100;

const sizeOf = (value: Value): number =>
  typeof value === 'string' ? value.length : isSequence(value) ? value.items.length : 0;

/** Counts the steps of an evaluation. A step is one expression, or a hundred characters or items looked at. */
export class Meter {
  #left: number;

  constructor(private readonly limit: number) {
    this.#left = limit;
  }

  /** Throws EvaluationFailure when there are no steps left. */
  spend(values: readonly Value[]): void {
    this.#left -= 1;
    for (const value of values) this.#left -= Math.floor(sizeOf(value) / charactersPerStep);
    if (this.#left < 0) throw new EvaluationFailure(`the evaluation takes more than ${this.limit} steps`);
  }
}
