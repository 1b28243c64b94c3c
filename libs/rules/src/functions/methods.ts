import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { kindOf, type Kind } from '../values/kind.js';
import { isSequence, type Value } from '../values/value.js';
import { isAll, isDecimal, isDigit, isLetter, isNumericCharacter } from './character-classes.js';
import { operationsByName, type Operation } from './operation.js';
import { countPart, findPart, replaceParts, splitAtBlanks, splitText } from './parts-of-text.js';
import { isBlank, strip } from './strip.js';
import { capitalize, toTitle } from './title.js';

const textFor = (name: string, value: Value): string => {
  if (typeof value === 'string') return value;
  throw new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);
};

const limitFor = (name: string, value: Value | undefined): number => {
  if (value === undefined) return Infinity;
  if (typeof value !== 'bigint') throw new EvaluationFailure(`${name}() is not defined for ${kindOf(value)}`);
  return value < 0n ? Infinity : Number(value);
};

const none = { from: 0, to: 0 };
const one = { from: 1, to: 1 };

const method = (
  name: string,
  takes: Operation['takes'],
  returns: Kind,
  apply: (text: string, values: readonly Value[]) => Value,
): Operation => ({
  name,
  takes,
  returns,
  apply: ([subject = null, ...values]) => apply(textFor(name, subject), values),
});

const onText = (name: string, apply: (text: string) => string): Operation => method(name, none, 'text', apply);

const question = (name: string, apply: (text: string) => boolean): Operation =>
  method(name, none, 'a truth value', apply);

const withPart = (name: string, returns: Kind, apply: (text: string, part: string) => Value): Operation =>
  method(name, one, returns, (text, [part = null]) => apply(text, textFor(name, part)));

const stripping = (name: string, ends: 'left' | 'right' | 'both'): Operation =>
  method(name, { from: 0, to: 1 }, 'text', (text, [characters = null]) => {
    if (characters === null) return strip(text, isBlank, ends);
    const dropped = new Set(textFor(name, characters));
    return strip(text, (character) => dropped.has(character), ends);
  });

const testingEnd = (name: string, test: (text: string, part: string) => boolean): Operation =>
  method(name, one, 'a truth value', (text, [parts = null]) =>
    isSequence(parts) && parts.kind === 'tuple'
      ? parts.items.some((part) => test(text, textFor(name, part)))
      : test(text, textFor(name, parts)),
  );

const split = method('split', { from: 0, to: 2 }, 'a list', (text, [separator = null, limit]) => {
  const most = limitFor('split', limit);
  const items = separator === null ? splitAtBlanks(text, most) : splitText(text, textFor('split', separator), most);
  return { kind: 'list', items };
});

const replace = method('replace', { from: 2, to: 3 }, 'text', (text, [part = null, by = null, limit]) =>
  replaceParts(text, textFor('replace', part), textFor('replace', by), limitFor('replace', limit)),
);

/** The methods of text a rule can call: what Python's methods of these names do, and nothing else. */
export const methods = operationsByName([
  onText('lower', (text) => text.toLowerCase()),
  onText('upper', (text) => text.toUpperCase()),
  onText('title', toTitle),
  onText('capitalize', capitalize),
  stripping('strip', 'both'),
  stripping('lstrip', 'left'),
  stripping('rstrip', 'right'),
  testingEnd('startswith', (text, part) => text.startsWith(part)),
  testingEnd('endswith', (text, part) => text.endsWith(part)),
  withPart('removeprefix', 'text', (text, part) => (text.startsWith(part) ? text.slice(part.length) : text)),
  withPart('removesuffix', 'text', (text, part) =>
    part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text,
  ),
  withPart('find', 'a whole number', (text, part) => BigInt(findPart(text, part))),
  withPart('count', 'a whole number', (text, part) => BigInt(countPart(text, part))),
  replace,
  split,
  question('isdigit', (text) => isAll(text, isDigit)),
  question('isdecimal', (text) => isAll(text, isDecimal)),
  question('isnumeric', (text) => isAll(text, isNumericCharacter)),
  question('isalpha', (text) => isAll(text, isLetter)),
  question('isalnum', (text) => isAll(text, (character) => isLetter(character) || isNumericCharacter(character))),
  question('isspace', (text) => isAll(text, isBlank)),
]);
