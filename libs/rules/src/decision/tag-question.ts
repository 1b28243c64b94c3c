import type { Facts } from '@waystation/events';
import { ask } from '../evaluation/ask-condition.js';
import { hasItems, headerOf } from '../evaluation/header.js';
import { Meter } from '../evaluation/meter.js';
import { worldOfTag } from '../evaluation/world-of-tag.js';
import type { Expression, TagValue } from '../syntax/expression.js';
import { readsOf } from '../syntax/parts-of.js';
import { capitalized } from '../syntax/tag-name.js';
import { codeOf, type AnswerCode } from './answer-code.js';
import type { Asking } from './asking.js';
import type { AnswerClass, Question } from './question.js';
import type { TermMask } from './term-mask.js';

const mostValues = 10_000;
const mostClasses = 10_000;

const notPrepared = (): never => {
  throw new Error('the question is not prepared');
};

/** A class of values, and the terms that are still possible with one of them. */
export interface TagClass extends AnswerClass {
  readonly possible: TermMask;
  /** Whether an expression took so many steps that the whole condition may take too many. */
  readonly costly: boolean;
}

/** Whether the tag is there: the answer at the first place of every class. */
export const presencePlace = 0;

/**
 * The value of one tag, for all expressions that look at nothing else. They are asked once of each value, and values
 * that they answer alike are one.
 */
export class TagQuestion implements Question {
  readonly #expressions: Expression[] = [];
  readonly #name: string;
  /** Whether another name than this one has to be looked for. */
  readonly #hasOtherNames: boolean;
  readonly #byValue = new Map<string, TagClass>();
  readonly #bySignature = new Map<string, TagClass>();
  #missing: TagClass | undefined;
  #missingWithItems: TagClass | undefined;
  #asksForItems = false;
  #complete: (found: AnswerClass) => TagClass = notPrepared;

  constructor(
    private readonly tag: TagValue,
    private readonly steps: number,
  ) {
    this.#name = tag.name;
    this.#hasOtherNames = tag.matching === 'any-case' || capitalized(tag.name) !== tag.name;
  }

  /** Adds an expression. Only before the first answer. @returns its place in every class */
  add(expression: Expression): number {
    if (readsOf(expression).some(({ kind }) => kind === 'presence')) this.#asksForItems = true;
    return this.#expressions.push(expression);
  }

  /** From then on it can be asked. */
  prepare(complete: (found: AnswerClass) => TagClass): void {
    this.#complete = complete;
  }

  classOf({ subject }: Asking): TagClass {
    return this.classIn(subject.facts);
  }

  classIn(facts: Facts): TagClass {
    const value = facts[this.#name];
    if (typeof value === 'string') return this.#byValue.get(value) ?? this.#classify(value);
    const other = this.#hasOtherNames ? headerOf(facts).valueOf(this.tag) : undefined;
    if (other !== undefined) return this.#byValue.get(other) ?? this.#classify(other);
    if (this.#asksForItems && hasItems(facts, this.#name))
      return (this.#missingWithItems ??= this.#answer(undefined, true));
    return (this.#missing ??= this.#answer(undefined));
  }

  #classify(value: string): TagClass {
    const found = this.#answer(value);
    if (this.#byValue.size === mostValues) this.#byValue.clear();
    this.#byValue.set(value, found);
    return found;
  }

  #answer(value: string | undefined, items = false): TagClass {
    const world = worldOfTag(value, items);
    const codes: AnswerCode[] = [value === undefined ? codeOf.false : codeOf.true];
    const costs = [0];
    for (const expression of this.#expressions) {
      const meter = new Meter(this.steps);
      codes.push(codeOf[ask(expression, world, meter)]);
      costs.push(meter.spent);
    }
    const signature = `${codes.join('')} ${costs.join(' ')}`;
    const known = this.#bySignature.get(signature);
    if (known) return known;
    const found = this.#complete({ codes, costs });
    if (this.#bySignature.size === mostClasses) this.#bySignature.clear();
    this.#bySignature.set(signature, found);
    return found;
  }
}
