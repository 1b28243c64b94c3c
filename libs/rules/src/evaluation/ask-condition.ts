import type { Expression } from '../syntax/expression.js';
import { isTrue } from '../values/truth.js';
import { EvaluationFailure } from './evaluation-failure.js';
import { Evaluator } from './evaluator.js';
import type { Meter } from './meter.js';
import { MissingTag } from './missing-tag.js';
import type { World } from './world.js';

/** What an expression says, where only its truth is asked for. */
export type Answer = 'true' | 'false' | 'missing' | 'failed';

/** Asks an expression without noting what it saw. Total. */
export const ask = (expression: Expression, world: World, meter: Meter): Answer => {
  try {
    return isTrue(new Evaluator(world, meter).valueOf(expression)) ? 'true' : 'false';
  } catch (thrown) {
    if (thrown instanceof MissingTag) return 'missing';
    if (thrown instanceof EvaluationFailure) return 'failed';
    throw thrown;
  }
};
