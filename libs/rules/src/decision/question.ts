import type { AnswerCode } from './answer-code.js';
import type { Asking } from './asking.js';

/**
 * What all subjects have in common that nothing in the rules tells apart, as far as one question goes: the answers of
 * the expressions that ask it, and the steps each of them took.
 */
export interface AnswerClass {
  readonly codes: readonly AnswerCode[];
  readonly costs: readonly number[];
}

/** Something the rules look at. */
export interface Question {
  classOf(asking: Asking): AnswerClass;
}
