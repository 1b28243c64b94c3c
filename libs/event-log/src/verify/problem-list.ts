import type { VerifyProblem } from './verify-report.js';

const MOST = 20;

/** Collects the first problems by position; more say nothing new. */
export class ProblemList {
  readonly #problems: VerifyProblem[] = [];

  add(position: number, code: string, message: string): void {
    if (this.#problems.length < MOST) this.#problems.push({ position, code, message });
  }

  get all(): readonly VerifyProblem[] {
    return this.#problems.toSorted((a, b) => a.position - b.position);
  }
}
