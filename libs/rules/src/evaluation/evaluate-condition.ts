import type { Facts } from '@waystation/events';
import type { Condition } from '../condition.js';
import type { Expression } from '../syntax/expression.js';
import { isTrue } from '../values/truth.js';
import { defaultSteps } from './default-steps.js';
import { Display } from './display.js';
import { EvaluationFailure } from './evaluation-failure.js';
import { Evaluator } from './evaluator.js';
import { explain, tagValues } from './explain.js';
import { headerOf } from './header.js';
import { instancesOf, type Instances } from './instances-of.js';
import { Meter } from './meter.js';
import { MissingTag } from './missing-tag.js';
import { observe, type Observation } from './observe.js';
import { missingTagOf } from './required-tags.js';
import type { Seen } from './seen.js';
import type { World } from './world.js';

export interface EvaluationOptions {
  /** Expressions, or hundreds of characters, that may be looked at; 10 000 if not given. */
  readonly steps?: number;
  /** Keywords whose values must not appear in explanations; none if not given. */
  readonly identityKeywords?: ReadonlySet<string>;
  /** What each instance of the series says of itself; the header stands for the only one if not given. */
  readonly instances?: Instances;
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

const noRules = (name: string): never => {
  throw new EvaluationFailure(`there is no rule called ${name} here`);
};

/** Asks a condition and explains the answer. Total. */
export const explainCondition = (expression: Expression, world: World, steps: number, display: Display): Evaluation => {
  const seen: Seen = { values: new Map(), notes: new Map() };
  const evaluator = new Evaluator(world, new Meter(steps), seen);
  const missing = missingTagOf(expression, world.header);
  try {
    const matched = isTrue(evaluator.valueOf(expression));
    if (missing) throw new MissingTag(missing);
    return { matched, because: explain(expression, seen, display), observations: observe(seen, undefined, display) };
  } catch (thrown) {
    if (missing || thrown instanceof MissingTag) {
      const tag = missing ?? (thrown instanceof MissingTag ? thrown.tag : expression);
      const place = tag.kind === 'tag' && tag.matching === 'result' ? 'result' : 'header';
      const because = `${display.expression(tag)} is not in the ${place}`;
      const ended = { expression: tag, reason: `not in the ${place}` };
      return { matched: false, because, observations: observe(seen, ended, display) };
    }
    if (!(thrown instanceof EvaluationFailure)) throw thrown;
    const ended = { expression: evaluator.working ?? expression, reason: `failed: ${thrown.message}` };
    const where = `${display.expression(ended.expression)} failed`;
    const because = `${where}: ${thrown.message}${tagValues(ended.expression, seen, display)}`;
    return { matched: false, failed: thrown.message, because, observations: observe(seen, ended, display) };
  }
};

/**
 * Asks a condition about a header. Total: it never throws, whatever the facts are. A tag the header does not have
 * makes the condition false, unless what stands before it has already decided and it is written as `tags.…`; an
 * operation that is not defined (`'3.5' < 4`) makes it false and failed.
 */
export const evaluateCondition = (condition: Condition, facts: Facts, options: EvaluationOptions = {}): Evaluation => {
  const { steps = defaultSteps, identityKeywords = new Set(), instances } = options;
  const world = { header: headerOf(facts), instances: instancesOf(instances, facts), holds: noRules };
  return explainCondition(condition.expression, world, steps, new Display(identityKeywords));
};
