import { functions } from '../functions/functions.js';
import { methods } from '../functions/methods.js';
import type { Operation } from '../functions/operation.js';
import type { Comparison, Expression, Logical, TagPresence, TagValue, Unary } from '../syntax/expression.js';
import { applyBinary } from '../values/apply-binary.js';
import { isTrue } from '../values/truth.js';
import { kindOf } from '../values/kind.js';
import { isNumber, numberOf } from '../values/numeric.js';
import { isSequence, type Value } from '../values/value.js';
import { compare } from './compare.js';
import { EvaluationFailure } from './evaluation-failure.js';
import type { Header } from './header.js';
import type { Meter } from './meter.js';
import { MissingTag } from './missing-tag.js';
import { itemAt, sliceOf } from './position.js';

const negate = ({ operator }: Unary, value: Value): Value => {
  if (!isNumber(value)) throw new EvaluationFailure(`'${operator}' is not defined for ${kindOf(value)}`);
  const number = numberOf(value);
  return operator === '-' ? -number : number;
};

/** Computes an expression over a header and remembers the value of every part it looked at, in that order. */
export class Evaluator {
  readonly #seen = new Map<Expression, Value>();
  #working: Expression | undefined;

  constructor(
    private readonly header: Header,
    private readonly meter: Meter,
  ) {}

  /** What was looked at so far, with its value. */
  get seen(): ReadonlyMap<Expression, Value> {
    return this.#seen;
  }

  /** What was being computed when a failure was thrown. */
  get working(): Expression | undefined {
    return this.#working;
  }

  /** The value of an expression. Throws EvaluationFailure and MissingTag. */
  valueOf(expression: Expression): Value {
    const value = this.#compute(expression);
    this.#seen.set(expression, value);
    return value;
  }

  #compute(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return this.#step(expression, [], () => expression.value);
      case 'tag':
        return this.#step(expression, [], () => this.#tag(expression));
      case 'presence':
        return this.#presence(expression);
      case 'sequence': {
        const items = expression.items.map((item) => this.valueOf(item));
        return this.#step(expression, [], () => ({ kind: expression.sequence, items }));
      }
      case 'logical':
        return this.#logical(expression);
      case 'not':
        return this.#with(expression, [expression.operand], ([value = null]) => !isTrue(value));
      case 'comparison':
        return this.#comparison(expression);
      case 'binary':
        return this.#with(expression, [expression.left, expression.right], ([left = null, right = null]) =>
          applyBinary(expression.operator, left, right),
        );
      case 'unary':
        return this.#with(expression, [expression.operand], ([value = null]) => negate(expression, value));
      case 'function':
        return this.#call(expression, functions.get(expression.name), expression.arguments);
      case 'method':
        return this.#call(expression, methods.get(expression.name), [expression.subject, ...expression.arguments]);
      case 'index':
        return this.#with(expression, [expression.subject, expression.index], ([subject = null, index = null]) =>
          itemAt(subject, index),
        );
      case 'slice':
        return this.#with(
          expression,
          [expression.subject, expression.from, expression.to],
          ([subject = null, from = null, to = null]) => sliceOf(subject, from, to),
        );
    }
  }

  #step(expression: Expression, values: readonly Value[], apply: () => Value): Value {
    this.#working = expression;
    this.meter.spend(values);
    return apply();
  }

  #with(
    expression: Expression,
    parts: readonly (Expression | undefined)[],
    apply: (values: readonly Value[]) => Value,
  ): Value {
    const values = parts.map((part) => (part ? this.valueOf(part) : null));
    return this.#step(expression, values, () => apply(values));
  }

  #call(expression: Expression, operation: Operation | undefined, parts: readonly Expression[]): Value {
    return this.#with(expression, parts, (values) => {
      if (!operation) throw new EvaluationFailure('there is no such operation');
      return operation.apply(values);
    });
  }

  #tag(expression: TagValue): Value {
    const value = this.header.valueOf(expression);
    if (value === undefined) throw new MissingTag(expression);
    return value;
  }

  #presence(expression: TagPresence): Value {
    return this.#with(expression, [expression.name], ([name = null]) => {
      if (isSequence(name) && name.kind === 'list')
        throw new EvaluationFailure(`the name of a tag is text, not ${kindOf(name)}`);
      const present = typeof name === 'string' && this.header.has(name);
      return present !== expression.negated;
    });
  }

  #logical(expression: Logical): Value {
    let value: Value = null;
    for (const operand of expression.operands) {
      value = this.valueOf(operand);
      if (isTrue(value) === (expression.operator === 'or')) break;
    }
    const decided = value;
    return this.#step(expression, [], () => decided);
  }

  #comparison(expression: Comparison): Value {
    let left = this.valueOf(expression.first);
    for (const { operator, operand } of expression.links) {
      const [before, right] = [left, this.valueOf(operand)];
      if (this.#step(expression, [before, right], () => compare(operator, before, right)) === false) return false;
      left = right;
    }
    return true;
  }
}
