import type { Facts } from '@waystation/events';
import type { Condition } from '../condition.js';
import { isTrue } from '../values/truth.js';
import { Display } from './display.js';
import { EvaluationFailure } from './evaluation-failure.js';
import { Evaluator } from './evaluator.js';
import { explain, tagValues } from './explain.js';
import { Header } from './header.js';
import { Meter } from './meter.js';
import { MissingTag } from './missing-tag.js';
import { observe, type Observation } from './observe.js';

export interface EvaluationOptions {
  /** Expressions, or hundreds of characters, that may be looked at; 10 000 if not given. */
  readonly steps?: number;
  /** Keywords whose values must not appear in explanations; none if not given. */
  readonly identityKeywords?: ReadonlySet<string>;
}

export interface Evaluation {
  readonly matched: boolean;
  /** Why there is no answer: an operation that is not defined for its values. Then the condition did not match. */
  readonly failed?: string;
  /** What decided, in one sentence. */
  readonly because: string;
  /** What was looked at, in the order of evaluation, with the value it had. */
  readonly observations: readonly Observation[];
}

/**
 * Asks a condition about a header. Total: it never throws, whatever the facts are. A tag the header does not have
 * makes the condition false, unless what stands before it has already decided; an operation that is not defined
 * (`'3.5' < 4`) makes it false and failed.
 */
export const evaluateCondition = (condition: Condition, facts: Facts, options: EvaluationOptions = {}): Evaluation => {
  const { steps = 10_000, identityKeywords = new Set() } = options;
  const display = new Display(identityKeywords);
  const evaluator = new Evaluator(new Header(facts), new Meter(steps));
  const { expression } = condition;
  try {
    const matched = isTrue(evaluator.valueOf(expression));
    const because = explain(expression, evaluator.seen, display);
    return { matched, because, observations: observe(evaluator.seen, undefined, display) };
  } catch (thrown) {
    if (thrown instanceof MissingTag) {
      const ended = { expression: thrown.tag, reason: 'not in the header' };
      const because = `${display.expression(thrown.tag)} is not in the header`;
      return { matched: false, because, observations: observe(evaluator.seen, ended, display) };
    }
    if (!(thrown instanceof EvaluationFailure)) throw thrown;
    const ended = { expression: evaluator.working ?? expression, reason: `failed: ${thrown.message}` };
    const where = `${display.expression(ended.expression)} failed`;
    const because = `${where}: ${thrown.message}${tagValues(ended.expression, evaluator.seen, display)}`;
    return { matched: false, failed: thrown.message, because, observations: observe(evaluator.seen, ended, display) };
  }
};
