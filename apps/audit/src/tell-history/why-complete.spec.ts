import { exampleSeries } from '@waystation/testing';
import { expect, it } from 'vitest';
import { whyComplete } from './why-complete.js';

it.each([
  [{}, 'nothing came for 10 s'],
  [{ because: { applicationEntity: 'RESEARCH' } }, 'nothing came for 10 s, as RESEARCH asks'],
  [{ because: { rules: ['Head', 'CT'] }, quietPeriodMs: 1500 }, "nothing came for 1.5 s, as 'Head' and 'CT' ask"],
  [
    { trigger: 'association-released', because: { afterReleaseMs: 5000 } },
    'all who sent any released their associations, and nothing came for 5 s',
  ],
  [{ trigger: 'expected-count', because: { expectedCount: 120 } }, 'as many are there as one of them said: 120'],
  [{ trigger: 'manual', because: {} }, 'somebody said so'],
  [{ trigger: 'manual', because: { reason: 'scanner off' } }, 'somebody said so: scanner off'],
] as const)('%j is told as %s', (changes, sentence) => {
  const { because, ...others } = { because: undefined, ...changes };
  const completed = exampleSeries.completed(1, {
    ...others,
    ...(because && { because: structuredClone(because) as never }),
  });
  expect(whyComplete(completed.data)).toBe(sentence);
});
