import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { codePoints } from '../values/code-points.js';
import { checkLength } from '../values/limits.js';
import type { Value } from '../values/value.js';
import { textFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';
import { isBlank, strip } from './strip.js';
import { textMethod } from './text-method.js';

const one = { from: 1, to: 1 };

const stripping = (name: string, ends: 'left' | 'right' | 'both'): Operation =>
  textMethod(name, { from: 0, to: 1 }, 'text', (text, [characters = null]) => {
    if (characters === null) return strip(text, isBlank, ends);
    const dropped = new Set(textFor(name, characters));
    return strip(text, (character) => dropped.has(character), ends);
  });

const withPart = (name: string, apply: (text: string, part: string) => string): Operation =>
  textMethod(name, one, 'text', (text, [part = null]) => apply(text, textFor(name, part)));

const widthFor = (name: string, value: Value): number => {
  const width = wholeFor(name, value);
  const wanted = width < 0n ? 0 : Number(width);
  checkLength(wanted);
  return wanted;
};

const filling = (name: string, before: (missing: number, width: number) => number): Operation =>
  textMethod(name, { from: 1, to: 2 }, 'text', (text, [width = null, filler = ' ']) => {
    const fill = textFor(name, filler);
    if (codePoints(fill).length !== 1) throw new EvaluationFailure(`${name}() fills with one character`);
    const wanted = widthFor(name, width);
    const missing = Math.max(0, wanted - codePoints(text).length);
    const left = missing === 0 ? 0 : before(missing, wanted);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  });

const zeroFill = textMethod('zfill', one, 'text', (text, [width = null]) => {
  const missing = Math.max(0, widthFor('zfill', width) - codePoints(text).length);
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
});

/** What is taken from the ends of a text or put there. */
export const formsOfText: readonly Operation[] = [
  stripping('strip', 'both'),
  stripping('lstrip', 'left'),
  stripping('rstrip', 'right'),
  withPart('removeprefix', (text, part) => (text.startsWith(part) ? text.slice(part.length) : text)),
  withPart('removesuffix', (text, part) => (part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text)),
  filling('ljust', () => 0),
  filling('rjust', (missing) => missing),
  // The odd one is on the left where the width is odd: so does Python.
  filling('center', (missing, width) => Math.floor(missing / 2) + (missing & width & 1)),
  zeroFill,
];
