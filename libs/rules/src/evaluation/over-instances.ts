import type { Facts } from '@waystation/events';
import type { Expression, OverInstances } from '../syntax/expression.js';
import { compareTexts } from '../values/code-points.js';
import type { Sequence } from '../values/value.js';
import { EvaluationFailure } from './evaluation-failure.js';
import { headerOf } from './header.js';
import { missingTagOf } from './required-tags.js';
import type { World } from './world.js';

/** Each instance may take this part of what the whole condition may. */
const shareOfInstance = 10;

const nowhere = (): never => {
  throw new EvaluationFailure('a condition on instances looks at their own tags only');
};

/** Whether a condition holds in a world, within so many steps. */
export type Holds = (condition: Expression, world: World, steps: number) => boolean;

/**
 * Asks a condition about every instance; one that has no answer for it does not meet it. Each has steps of its own, so
 * that the order of the instances makes no difference to what can be answered.
 */
export function overInstances(
  question: OverInstances & { readonly quantifier: 'count' },
  instances: readonly Facts[],
  steps: number,
  holds: Holds,
): bigint;
export function overInstances(
  question: OverInstances,
  instances: readonly Facts[],
  steps: number,
  holds: Holds,
): boolean | bigint;
export function overInstances(
  { quantifier, condition }: OverInstances,
  instances: readonly Facts[],
  steps: number,
  holds: Holds,
): boolean | bigint {
  const own = Math.max(1, Math.floor(steps / shareOfInstance));
  const meets = (facts: Facts): boolean => {
    const header = headerOf(facts);
    if (missingTagOf(condition, header)) return false;
    return holds(condition, { header, instances: nowhere, holds: nowhere }, own);
  };
  if (quantifier === 'any') return instances.some(meets);
  if (quantifier === 'all') return instances.every(meets);
  return BigInt(instances.filter(meets).length);
}

/** The values of a tag in the instances that have it, each once, in the order of their characters. */
export const valuesInSeries = (instances: readonly Facts[], name: string): Sequence => {
  const values = new Set<string>();
  for (const facts of instances) {
    const value = headerOf(facts).valueOf({ name, matching: 'exact' });
    if (value !== undefined) values.add(value);
  }
  return { kind: 'set', items: [...values].toSorted(compareTexts) };
};
