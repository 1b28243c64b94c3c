import { codeOf, hasNoValue, type AnswerCode } from './answer-code.js';
import type { Asking } from './asking.js';
import type { Logic } from './logic.js';
import type { AnswerClass, Question } from './question.js';
import { presencePlace, type TagQuestion } from './tag-question.js';

/** A condition, ready to be asked. Absent where it cannot be. */
export interface Prepared {
  readonly logic: Logic;
  /** Tags that have to be there, whatever the logic says. */
  readonly required: readonly TagQuestion[];
}

const { true: yes, false: no, missing, failed } = codeOf;

/** Asks conditions about one subject, every question at most once, exactly as they are evaluated. */
export class Run {
  readonly #answers = new Map<number, AnswerCode>();
  readonly #classes = new Map<Question, AnswerClass>();

  constructor(
    private readonly conditions: readonly (Prepared | undefined)[],
    private readonly asking: Asking,
    private readonly steps: number,
  ) {}

  /** What the condition of a rule says. */
  answerOf(rule: number): AnswerCode {
    const known = this.#answers.get(rule);
    if (known !== undefined) return known;
    const answer = this.#ask(this.conditions[rule]);
    this.#answers.set(rule, answer);
    return answer;
  }

  /** What `rule("name")` is: a condition whose tags are missing does not hold. */
  referenceTo(rule: number): AnswerCode {
    const answer = this.answerOf(rule);
    return answer === missing ? no : answer;
  }

  classOf(question: Question): AnswerClass {
    const known = this.#classes.get(question);
    if (known) return known;
    const found = question.classOf(this.asking);
    this.#classes.set(question, found);
    return found;
  }

  #ask(condition: Prepared | undefined): AnswerCode {
    if (!condition) return failed;
    const code = this.#evaluate(condition.logic, { left: this.steps });
    // What is false stays so, whether a tag that is missing makes it false or not.
    if (code === no) return code;
    return condition.required.some((tag) => this.classOf(tag).codes[presencePlace] === no) ? missing : code;
  }

  #spend(meter: { left: number }, steps: number, code: AnswerCode): AnswerCode {
    meter.left -= steps;
    return meter.left < 0 ? failed : code;
  }

  #evaluate(logic: Logic, meter: { left: number }): AnswerCode {
    switch (logic.kind) {
      case 'constant':
        return this.#spend(meter, logic.cost, logic.code);
      case 'question': {
        const { codes, costs } = this.classOf(logic.question);
        return this.#spend(meter, costs[logic.place] ?? 0, codes[logic.place] ?? failed);
      }
      case 'rule':
        return this.#spend(meter, 1, this.referenceTo(logic.rule));
      case 'not': {
        const code = this.#evaluate(logic.part, meter);
        return hasNoValue(code) ? code : this.#spend(meter, 1, code === no ? yes : no);
      }
      case 'and':
      case 'or':
      case 'all':
      case 'some':
        return this.#join(logic.kind, logic.parts, meter);
    }
  }

  #join(kind: 'and' | 'or' | 'all' | 'some', parts: readonly Logic[], meter: { left: number }): AnswerCode {
    const decisive = kind === 'or' || kind === 'some' ? yes : no;
    const ends = kind === 'and' || kind === 'or';
    let result: AnswerCode = decisive === yes ? no : yes;
    for (const part of parts) {
      const code = this.#evaluate(part, meter);
      if (hasNoValue(code)) return code;
      if (code === decisive) result = decisive;
      if (ends && result === decisive) break;
    }
    return this.#spend(meter, 1, result);
  }
}
