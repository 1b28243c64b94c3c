import { describe, expect, it } from 'vitest';
import { parseCondition } from '../condition.js';
import { evaluateCondition } from '../evaluation/evaluate-condition.js';

describe('a regular expression', () => {
  const matches = (text: string, pattern: string): boolean =>
    evaluateCondition(parseCondition(`matches(@A@, r'${pattern}')`), { A: text }).matched;

  it.each([
    ['AX T2 FLAIR', 'T[12]', true],
    ['AX T2 FLAIR', '^T[12]', false],
    ['AX T2 FLAIR', '(?i)flair$', true],
    ['', '^$', true],
  ])('%j %s %s', (text, pattern, expected) => {
    expect(matches(text, pattern)).toBe(expected);
  });

  it('takes no longer for a pattern that is made to take long', () => {
    expect(matches('a'.repeat(9_999), '^(a|a)*(a+)+$')).toBe(true);
    expect(matches(`${'a'.repeat(9_000)}b`, '^(a+)+$')).toBe(false);
  });

  it('has no answer for what is too long', () => {
    const { failed } = evaluateCondition(parseCondition("matches(@A@, 'x')"), { A: 'a'.repeat(10_001) });
    expect(failed).toBe('matches() looks at no more than 10000 characters');
  });
});

it('numbers are read as they are written', () => {
  const ask = (text: string) => evaluateCondition(parseCondition(text), { A: ' 12 ', B: '3.50', C: '1\\2', D: 'x' });
  expect(ask('number(@A@) == 12 and number(@B@) < 4 and number(3) == 3').matched).toBe(true);
  expect(ask("values(@C@) == ['1', '2'] and list(map(number, values(@C@))) == [1, 2]").matched).toBe(true);
  expect(ask('number(@D@) > 0').failed).toBe('float() found no number in the text');
});
