import { readFileSync } from 'node:fs';
import { hasCode } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { parseCondition, type Condition } from '../condition.js';
import { evaluateCondition } from '../evaluation/evaluate-condition.js';

type Outcome = 'matched' | 'not-matched' | 'missing' | 'failed';
interface Vectors {
  readonly facts: Readonly<Record<string, string>>;
  readonly rules: readonly (readonly [rule: string, outcome: Outcome])[];
}

const vectors = JSON.parse(readFileSync(new URL('./mercure.json', import.meta.url), 'utf8')) as Vectors;

const read = (rule: string): Condition | undefined => {
  try {
    return parseCondition(rule);
  } catch (thrown) {
    expect(hasCode(thrown, 'rules.syntax')).toBe(true);
    return undefined;
  }
};

/** Of these mercure matches one, `tags._tags_dict`, by accident. */
const notInTheLanguage = [
  '',
  "'a' if tags.Modality == 'MR' else ''",
  "'CINE' in %SeriesDescription%",
  "__import__('os').system('true')",
  "f'{tags.Modality}' == 'MR'",
  'import os',
  'lambda: 1',
  "tags.Modality == 'MR' && tags.BodyPartExamined == 'HEAD'",
  "tags.Modality is 'MR'",
  'tags._tags_dict',
];

const outcomeOf = (condition: Condition): Outcome => {
  const { matched, failed, because } = evaluateCondition(condition, vectors.facts);
  if (failed !== undefined) return 'failed';
  if (because.endsWith('is not in the header')) return 'missing';
  return matched ? 'matched' : 'not-matched';
};

describe('the rules mercure users write', () => {
  const understood = vectors.rules.filter(([rule]) => !notInTheLanguage.includes(rule));

  it.each(understood)('%s is %s as in mercure', (rule, outcome) => {
    expect(outcomeOf(parseCondition(rule))).toBe(outcome);
  });

  it('are all in the language but for these', () => {
    const refused = vectors.rules.map(([rule]) => rule).filter((rule) => read(rule) === undefined);
    expect(refused.toSorted()).toEqual(notInTheLanguage.toSorted());
  });
});
