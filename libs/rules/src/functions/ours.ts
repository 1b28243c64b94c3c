import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import type { Value } from '../values/value.js';
import { numberFor, textFor } from './arguments.js';
import type { Operation } from './operation.js';
import { regularExpression } from './regular-expression.js';
import { stripBlanks } from './strip.js';
import { toDecimalNumber, toWhole, writesWhole } from './to-number.js';

const longestMatched = 10_000;
const charactersPerStep = 10;

const matches = ([value = null, pattern = null]: readonly Value[]): Value => {
  const text = textFor('matches', value);
  const expression = regularExpression(textFor('matches', pattern));
  if (typeof expression === 'string') throw new EvaluationFailure('the pattern cannot be read');
  if (text.length > longestMatched)
    throw new EvaluationFailure(`matches() looks at no more than ${longestMatched} characters`);
  return expression.test(text);
};

/** A text that writes a number, as DS and IS do (PS3.5 6.2), with blanks around it or not. */
const number = ([value = null]: readonly Value[]): Value => {
  if (typeof value !== 'string') return numberFor('number', value);
  return writesWhole(value) ? toWhole(value) : toDecimalNumber(value);
};

/** The values of an element with several (PS3.5 6.4), without the blanks that fill them up. */
const values = ([value = null]: readonly Value[]): Value => ({
  kind: 'list',
  items: textFor('values', value)
    .split('\\')
    .map((part) => stripBlanks(part)),
});

/** What Python does not have. */
export const ours: readonly Operation[] = [
  { name: 'number', takes: { from: 1, to: 1 }, returns: 'anything', apply: number },
  { name: 'values', takes: { from: 1, to: 1 }, returns: 'a list', apply: values },
  {
    name: 'matches',
    takes: { from: 2, to: 2 },
    returns: 'a truth value',
    apply: matches,
    cost: ([value = null]) => (typeof value === 'string' ? value.length / charactersPerStep : 0),
  },
];
