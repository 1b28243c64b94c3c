import { functions } from '../functions/functions.js';
import { methods } from '../functions/methods.js';
import type { Operation } from '../functions/operation.js';
import type {
  Comparison,
  Each,
  Expression,
  Logical,
  OverInstances,
  TagPresence,
  TagValue,
} from '../syntax/expression.js';
import { applyBinary } from '../values/apply-binary.js';
import { checkLength } from '../values/limits.js';
import { setOf } from '../values/set.js';
import { isTrue } from '../values/truth.js';
import { kindOf } from '../values/kind.js';
import { isSequence, type Sequence, type Value } from '../values/value.js';
import { compare } from './compare.js';
import { EvaluationFailure } from './evaluation-failure.js';
import { Meter } from './meter.js';
import { MissingTag } from './missing-tag.js';
import { itemAt, sliceOf } from './position.js';
import type { Seen } from './seen.js';
import { applySign } from './sign.js';
import { overInstances, valuesInSeries, type Holds } from './over-instances.js';
import type { World } from './world.js';

const operationOf = ({ kind, name }: Each['operation']): Operation => {
  const operation = (kind === 'method' ? methods : functions).get(name);
  if (!operation) throw new EvaluationFailure(`there is no ${kind} ${name}()`);
  return operation;
};

const holds: Holds = (condition, world, steps) => {
  try {
    return isTrue(new Evaluator(world, new Meter(steps)).valueOf(condition));
  } catch (thrown) {
    if (thrown instanceof MissingTag || thrown instanceof EvaluationFailure) return false;
    throw thrown;
  }
};

/** Computes an expression. */
export class Evaluator {
  #working: Expression | undefined;

  /** @param seen where it is given, gets all that was looked at */
  constructor(
    private readonly world: World,
    private readonly meter: Meter,
    private readonly seen?: Seen,
  ) {}

  /** What was being computed when a failure was thrown. */
  get working(): Expression | undefined {
    return this.#working;
  }

  /** The value of an expression. Throws EvaluationFailure and MissingTag. */
  valueOf(expression: Expression): Value {
    const value = this.#compute(expression);
    this.seen?.values.set(expression, value);
    return value;
  }

  #compute(expression: Expression): Value {
    switch (expression.kind) {
      case 'literal':
        return this.#step(expression, expression.value);
      case 'tag':
        this.#step(expression, null);
        return this.#tag(expression);
      case 'exists':
        return this.#step(expression, this.world.header.valueOf(expression.tag) !== undefined);
      case 'presence':
        return this.#presence(expression);
      case 'header-size':
        return this.#step(expression, BigInt(this.world.header.size));
      case 'logical':
        return this.#logical(expression);
      case 'not': {
        const value = this.valueOf(expression.operand);
        return this.#step(expression, !isTrue(value));
      }
      case 'comparison':
        return this.#comparison(expression);
      case 'rule':
        this.#step(expression, null);
        return this.world.holds(expression.name);
      case 'series':
        this.#step(expression, null);
        if (expression.what === 'count') return BigInt(this.world.instances().length);
        return valuesInSeries(this.world.instances(), expression.what.values);
      case 'instances':
        this.#step(expression, null);
        return this.#overInstances(expression);
      case 'sequence':
      case 'binary':
      case 'unary':
      case 'function':
      case 'method':
      case 'each':
      case 'index':
      case 'slice':
        return this.#combine(expression);
    }
  }

  /** What first needs the values of all its parts. */
  #combine(
    expression: Extract<
      Expression,
      { kind: 'sequence' | 'binary' | 'unary' | 'function' | 'method' | 'each' | 'index' | 'slice' }
    >,
  ): Value {
    switch (expression.kind) {
      case 'sequence': {
        const items = expression.items.map((item) => this.valueOf(item));
        this.#start(expression, ...items);
        return expression.sequence === 'set' ? setOf(items) : { kind: expression.sequence, items };
      }
      case 'binary': {
        const left = this.valueOf(expression.left);
        const right = this.valueOf(expression.right);
        this.#start(expression, left, right);
        return applyBinary(expression.operator, left, right);
      }
      case 'unary': {
        const value = this.valueOf(expression.operand);
        this.#start(expression, value);
        return applySign(expression.operator, value);
      }
      case 'function':
        return this.#call(expression, { kind: 'function', name: expression.name }, expression.arguments);
      case 'method':
        return this.#call(expression, { kind: 'method', name: expression.name }, [
          expression.subject,
          ...expression.arguments,
        ]);
      case 'each':
        return this.#each(expression);
      case 'index': {
        const subject = this.valueOf(expression.subject);
        const index = this.valueOf(expression.index);
        this.#start(expression, subject);
        return itemAt(subject, index);
      }
      case 'slice': {
        const subject = this.valueOf(expression.subject);
        const [from, to, step] = [expression.from, expression.to, expression.step].map((bound) =>
          bound ? this.valueOf(bound) : null,
        );
        this.#start(expression, subject);
        return sliceOf(subject, from ?? null, to ?? null, step ?? null);
      }
    }
  }

  #start(expression: Expression, ...values: readonly Value[]): void {
    this.#working = expression;
    this.meter.spend(...values);
  }

  #step<V extends Value>(expression: Expression, value: V): V {
    this.#working = expression;
    this.meter.spend();
    return value;
  }

  #apply(operation: Operation, values: readonly Value[]): Value {
    this.meter.spend(...values);
    if (operation.cost) this.meter.charge(operation.cost(values));
    return operation.apply(values);
  }

  #call(expression: Expression, operation: Each['operation'], parts: readonly Expression[]): Value {
    const values = parts.map((part) => this.valueOf(part));
    this.#working = expression;
    return this.#apply(operationOf(operation), values);
  }

  #each(expression: Each): Sequence {
    const over = this.valueOf(expression.over);
    this.#start(expression, over);
    const operation = operationOf(expression.operation);
    const items = typeof over === 'string' ? Array.from(over) : isSequence(over) ? over.items : undefined;
    if (!items) throw new EvaluationFailure(`${expression.how}() is not defined for ${kindOf(over)}`);
    checkLength(items.length);
    const results = items.map((item) => this.#apply(operation, [item]));
    const kept = expression.how === 'map' ? results : items.filter((_, index) => isTrue(results[index] ?? null));
    return { kind: 'iterator', items: kept };
  }

  #tag(expression: TagValue): Value {
    const value = this.world.header.valueOf(expression);
    if (value === undefined) throw new MissingTag(expression);
    return value;
  }

  #presence(expression: TagPresence): Value {
    const name = this.valueOf(expression.name);
    this.#start(expression, name);
    if (isSequence(name) && name.kind === 'list')
      throw new EvaluationFailure(`the name of a tag is text, not ${kindOf(name)}`);
    const present = typeof name === 'string' && this.world.header.has(name);
    return present !== expression.negated;
  }

  #overInstances(expression: OverInstances): boolean | bigint {
    const instances = this.world.instances();
    if (!this.seen) return overInstances(expression, instances, this.meter.limit, holds);
    // Who reads it wants to know how many: then no instance is passed over.
    const met = overInstances({ ...expression, quantifier: 'count' }, instances, this.meter.limit, holds);
    this.seen.notes.set(expression, `${met} of ${instances.length} instances`);
    const all = met === BigInt(instances.length);
    return expression.quantifier === 'count' ? met : expression.quantifier === 'all' ? all : met > 0n;
  }

  #logical(expression: Logical): Value {
    let value: Value = null;
    for (const operand of expression.operands) {
      value = this.valueOf(operand);
      if (isTrue(value) === (expression.operator === 'or')) break;
    }
    return this.#step(expression, value);
  }

  #comparison(expression: Comparison): Value {
    let left = this.valueOf(expression.first);
    for (const { operator, operand } of expression.links) {
      const right = this.valueOf(operand);
      this.#start(expression, left, right);
      if (!compare(operator, left, right)) return false;
      left = right;
    }
    return true;
  }
}
