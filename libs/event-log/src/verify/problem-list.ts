import type { VerifyProblem } from './verify-report.js';

const MOST = 20;

const byPosition = (a: VerifyProblem, b: VerifyProblem): number => a.position - b.position;

/** Keeps the first problems by position; more say nothing new. */
export class ProblemList {
  #problems: VerifyProblem[] = [];

  add(position: number, code: string, message: string): void {
    this.#problems.push({ position, code, message });
    if (this.#problems.length > 4 * MOST) this.#problems = this.#problems.toSorted(byPosition).slice(0, MOST);
  }

  /** Whether something is known to be wrong with a range. */
  hasAnyIn(from: number, to: number): boolean {
    return this.#problems.some(({ position }) => position >= from && position <= to);
  }

  get all(): readonly VerifyProblem[] {
    return this.#problems.toSorted(byPosition).slice(0, MOST);
  }
}
