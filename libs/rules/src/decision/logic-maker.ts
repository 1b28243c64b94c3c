import { ask } from '../evaluation/ask-condition.js';
import { Meter } from '../evaluation/meter.js';
import type { World } from '../evaluation/world.js';
import type { Expression, TagValue } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import { codeOf } from './answer-code.js';
import { DirectQuestion } from './direct-question.js';
import type { Logic } from './logic.js';
import { logicOf } from './logic-of.js';
import { keyOfTag, onlyTag } from './only-tag.js';
import { TagQuestion } from './tag-question.js';

const nothing = (): never => {
  throw new Error('a constant looks at nothing');
};
const nowhere: World = { header: { has: nothing, valueOf: nothing, size: 0 }, instances: nothing, holds: nothing };

/** Takes conditions apart into questions. The value of a tag is one question, however many conditions ask it. */
export class LogicMaker {
  readonly #tags = new Map<string, TagQuestion>();

  /** @param places where the rules are, by their names */
  constructor(
    private readonly places: ReadonlyMap<string, number>,
    private readonly steps: number,
  ) {}

  /** The questions for values of tags. */
  get tags(): readonly TagQuestion[] {
    return [...this.#tags.values()];
  }

  /** The question for the value of a tag. */
  tag(tag: TagValue): TagQuestion {
    const key = keyOfTag(tag);
    const question = this.#tags.get(key) ?? new TagQuestion(tag, this.steps);
    this.#tags.set(key, question);
    return question;
  }

  logicOf(expression: Expression): Logic {
    return logicOf(
      expression,
      (part) => this.#simple(part),
      (part) => ({ kind: 'question', question: new DirectQuestion(part, this.steps), place: 0 }),
    );
  }

  /** What depends on nothing, on one tag or on another rule. */
  #simple(expression: Expression): Logic | undefined {
    if (readsOf(expression).length === 0) return this.#constant(expression);
    const tag = onlyTag(expression);
    if (tag) {
      const question = this.tag(tag);
      return { kind: 'question', question, place: question.add(expression) };
    }
    const rule = expression.kind === 'rule' ? this.places.get(expression.name) : undefined;
    return rule === undefined ? undefined : { kind: 'rule', rule };
  }

  #constant(expression: Expression): Logic {
    const meter = new Meter(this.steps);
    return { kind: 'constant', code: codeOf[ask(expression, nowhere, meter)], cost: meter.spent };
  }
}
