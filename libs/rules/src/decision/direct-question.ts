import { ask } from '../evaluation/ask-condition.js';
import { Meter } from '../evaluation/meter.js';
import type { Expression } from '../syntax/expression.js';
import { codeOf } from './answer-code.js';
import type { Asking } from './asking.js';
import type { AnswerClass, Question } from './question.js';

/** An expression that looks at more than the value of one tag: it is asked of every subject anew. */
export class DirectQuestion implements Question {
  constructor(
    private readonly expression: Expression,
    private readonly steps: number,
  ) {}

  classOf({ world }: Asking): AnswerClass {
    const meter = new Meter(this.steps);
    const code = codeOf[ask(this.expression, world, meter)];
    return { codes: [code], costs: [meter.spent] };
  }
}
