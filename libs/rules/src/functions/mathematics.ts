import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { applyBinary } from '../values/apply-binary.js';
import { toDecimal } from '../values/decimal-arithmetic.js';
import { checkWhole } from '../values/limits.js';
import type { Value } from '../values/value.js';
import { numberFor, wholeFor } from './arguments.js';
import type { Operation } from './operation.js';
import { roundHalfEven, roundToPlaces, wholeToTens } from './round.js';

const once = { from: 1, to: 1 };
const twice = { from: 2, to: 2 };

const decimalFor = (name: string, value: Value): number => toDecimal(numberFor(name, value));

/** A function of decimal numbers. What has no result, or one without bounds, fails as in Python. */
const onDecimal = (
  name: string,
  apply: (...numbers: number[]) => number,
  takes: Operation['takes'] = once,
): Operation => ({
  name,
  takes,
  returns: 'a decimal number',
  apply: (values) => {
    const numbers = values.map((value) => decimalFor(name, value));
    const result = apply(...numbers);
    if (Number.isFinite(result) || numbers.some(Number.isNaN)) return result;
    if (Number.isNaN(result) || numbers.every(Number.isFinite))
      throw new EvaluationFailure(`${name}() is not defined for this number`);
    return result;
  },
});

const toWholeWith = (name: string, round: (value: number) => number): Operation => ({
  name,
  takes: once,
  returns: 'a whole number',
  apply: ([value = null]) => {
    const number = numberFor(name, value);
    if (typeof number === 'bigint') return number;
    if (!Number.isFinite(number)) throw new EvaluationFailure(`${name}() is not defined for inf and nan`);
    return BigInt(round(number));
  },
});

const asking = (name: string, test: (value: number) => boolean): Operation => ({
  name,
  takes: once,
  returns: 'a truth value',
  apply: ([value = null]) => test(decimalFor(name, value)),
});

const absolute = ([value = null]: readonly Value[]): Value => {
  const number = numberFor('abs', value);
  if (typeof number === 'number') return Math.abs(number);
  return number < 0n ? -number : number;
};

const round = ([value = null, places = null]: readonly Value[]): Value => {
  const number = numberFor('round', value);
  if (places === null) return typeof number === 'bigint' ? number : roundHalfEven(number);
  const kept = wholeFor('round', places);
  if (typeof number === 'number') return roundToPlaces(number, kept);
  return kept >= 0n ? number : wholeToTens(number, -kept);
};

const divmod = ([left = null, right = null]: readonly Value[]): Value => {
  numberFor('divmod', left);
  numberFor('divmod', right);
  return { kind: 'tuple', items: [applyBinary('//', left, right), applyBinary('%', left, right)] };
};

const largestFactorial = 1500n;

const factorial = ([value = null]: readonly Value[]): Value => {
  const number = wholeFor('factorial', value);
  if (number < 0n || number > largestFactorial)
    throw new EvaluationFailure(`factorial() takes 0 to ${largestFactorial}`);
  let result = 1n;
  for (let factor = 2n; factor <= number; factor++) result *= factor;
  return checkWhole(result);
};

/** What Python's `math` has by these names, and its functions of numbers. */
export const mathematics: readonly Operation[] = [
  { name: 'abs', takes: once, returns: 'anything', apply: absolute },
  { name: 'round', takes: { from: 1, to: 2 }, parameters: ['number', 'ndigits'], returns: 'anything', apply: round },
  {
    name: 'pow',
    takes: twice,
    parameters: ['base', 'exp'],
    returns: 'anything',
    apply: ([base = null, exponent = null]) => applyBinary('**', base, exponent),
  },
  { name: 'divmod', takes: twice, returns: 'a tuple', apply: divmod },
  { name: 'factorial', takes: once, returns: 'a whole number', apply: factorial, cost: () => 100 },
  toWholeWith('ceil', Math.ceil),
  toWholeWith('floor', Math.floor),
  toWholeWith('trunc', Math.trunc),
  asking('isnan', Number.isNaN),
  asking('isinf', (value) => !Number.isFinite(value) && !Number.isNaN(value)),
  onDecimal('log', (value, base) => (base === undefined ? Math.log(value) : Math.log(value) / Math.log(base)), {
    from: 1,
    to: 2,
  }),
  onDecimal('atan2', (y = 0, x = 0) => Math.atan2(y, x), twice),
  onDecimal('fabs', Math.abs),
  onDecimal('sqrt', (value) => Math.sqrt(value)),
  onDecimal('log10', (value) => Math.log10(value)),
  onDecimal('log2', (value) => Math.log2(value)),
  onDecimal('exp', (value) => Math.exp(value)),
  onDecimal('sin', (value) => Math.sin(value)),
  onDecimal('cos', (value) => Math.cos(value)),
  onDecimal('tan', (value) => Math.tan(value)),
  onDecimal('asin', (value) => Math.asin(value)),
  onDecimal('acos', (value) => Math.acos(value)),
  onDecimal('atan', (value) => Math.atan(value)),
];
