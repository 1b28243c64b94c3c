import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readOrNothing } from '../condition.js';
import { evaluateCondition } from '../evaluation/evaluate-condition.js';
import { Evaluator } from '../evaluation/evaluator.js';
import { headerOf } from '../evaluation/header.js';
import { Meter } from '../evaluation/meter.js';
import type { Expression } from '../syntax/expression.js';
import { represent } from '../values/represent.js';

type Outcome = 'matched' | 'not-matched' | 'missing' | 'failed' | 'refused';
interface Vectors {
  readonly facts: Readonly<Record<string, string>>;
  readonly rules: readonly (readonly [rule: string, outcome: Outcome, value: string | null])[];
}

const { facts, rules } = JSON.parse(readFileSync(new URL('./asteval.json', import.meta.url), 'utf8')) as Vectors;
const document = readFileSync(new URL('../../../../docs/mercure-differences.md', import.meta.url), 'utf8');

/** Lines such as `matched, here refused: len`. */
const listed = [...document.matchAll(/^([a-z-]+), here ([a-z-]+): (.*)$/gm)].map(([, mercure, here, rule = '']) => [
  rule.startsWith('"') && rule.endsWith('"') ? String(JSON.parse(rule)) : rule,
  mercure,
  here,
]);

const outcomeOf = (rule: string): Outcome => {
  const condition = readOrNothing(rule);
  if (!condition) return 'refused';
  const { matched, failed, because } = evaluateCondition(condition, facts);
  if (failed !== undefined) return 'failed';
  if (because.endsWith('is not in the header')) return 'missing';
  return matched ? 'matched' : 'not-matched';
};

const valueOf = (expression: Expression): string => {
  const world = { header: headerOf(facts), instances: () => [], holds: () => false };
  return represent(new Evaluator(world, new Meter(10_000)).valueOf(expression));
};

const differences = rules
  .map(([rule, mercure]) => [rule, mercure, outcomeOf(rule)] as const)
  // Mercure takes any text as a rule and fails at every series; here it is refused before.
  .filter(([, mercure, here]) => mercure !== here && !(mercure === 'failed' && here === 'refused'));

describe('what mercure answers', () => {
  it('is answered here, but for what is listed as different', () => {
    const inOrder = (all: readonly (readonly unknown[])[]): readonly string[] =>
      all.map((one) => JSON.stringify(one)).toSorted();
    expect(inOrder(differences)).toEqual(inOrder(listed));
  });

  it('has the same value here', () => {
    const compared = rules.filter(
      ([rule, mercure, value]) => value !== null && outcomeOf(rule) === mercure && readOrNothing(rule),
    );
    const ours = compared.map(([rule]) => {
      const condition = readOrNothing(rule);
      return condition ? [rule, valueOf(condition.expression)] : [rule];
    });
    expect(ours).toEqual(compared.map(([rule, , value]) => [rule, value]));
    expect(compared.length).toBeGreaterThan(500);
  });
});
