import type { AnswerClass, Question } from '../decision/question.js';
import type { Expression } from '../syntax/expression.js';

/** A part of a condition that is looked at without a header. */
export class Atom implements Question {
  constructor(readonly expression: Expression) {}

  classOf(): AnswerClass {
    throw new Error('there is no header to ask');
  }
}

/** What an atom has to say. */
export interface Claim {
  readonly expression: Expression;
  readonly wanted: boolean;
}
