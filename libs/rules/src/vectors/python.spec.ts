import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { Evaluator } from '../evaluation/evaluator.js';
import { headerOf } from '../evaluation/header.js';
import { Meter } from '../evaluation/meter.js';
import { MissingTag } from '../evaluation/missing-tag.js';
import { represent } from '../values/represent.js';

interface Vectors {
  readonly facts: Readonly<Record<string, string>>;
  readonly expressions: readonly (readonly [text: string, value: string | null, outcome: string])[];
}

const { facts, expressions } = JSON.parse(readFileSync(new URL('./python.json', import.meta.url), 'utf8')) as Vectors;

const world = { header: headerOf(facts), instances: () => [facts], holds: () => false };

const evaluate = (text: string): readonly [value: string | null, outcome: string] => {
  try {
    const value = new Evaluator(world, new Meter(10_000)).valueOf(parseCondition(text).expression);
    return [represent(value), 'value'];
  } catch (thrown) {
    if (thrown instanceof MissingTag) return [null, 'missing'];
    if (thrown instanceof EvaluationFailure) return [null, 'failed'];
    throw thrown;
  }
};

describe('an expression has the value it has in Python', () => {
  it.each(expressions)('%s is %s (%s)', (text, value, outcome) => {
    expect(evaluate(text)).toEqual([value, outcome]);
  });
});
