import { expect, it } from 'vitest';
import { checkRules } from './check-rules.js';

const problemsIn = (conditions: Readonly<Record<string, string>>): readonly string[] =>
  checkRules(Object.entries(conditions).map(([name, condition]) => ({ name, condition }))).map(
    ({ rule, problem: { line, column, code, message } }) => `${rule} ${line}:${column} ${code} ${message}`,
  );

it('rules may refer to each other', () => {
  expect(problemsIn({ a: 'rule("b") and rule("c")', b: 'rule("c")', c: 'True', broken: 'rule(' })).toEqual([]);
});

it('no rule may refer to itself, by whatever way', () => {
  expect(
    problemsIn({ a: 'True\nor rule("b")', b: 'not rule("c")', c: 'rule("a")', d: 'rule("d")', e: 'rule("d")' }),
  ).toEqual([
    'a 2:4 rules.circle rules refer to each other in a circle: a → b → c → a',
    'b 1:5 rules.circle rules refer to each other in a circle: b → c → a → b',
    'c 1:1 rules.circle rules refer to each other in a circle: c → a → b → c',
    'd 1:1 rules.circle rules refer to each other in a circle: d → d',
    'e 1:1 rules.circle rules refer to each other in a circle: d → d',
  ]);
});

it('no rule may refer to one that there is not', () => {
  expect(problemsIn({ a: 'True or rule("b")' })).toEqual(["a 1:9 rules.unknown-rule there is no rule called 'b'"]);
});

it('rules refer to each other ten deep at most', () => {
  const chain = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`r${index}`, index === 11 ? 'True' : `rule("r${index + 1}")`]),
  );
  expect(problemsIn(chain)).toEqual(['r0 1:1 rules.circle rules refer to each other more than 10 deep']);
});
