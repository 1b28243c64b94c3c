import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { toDecimal } from '../values/decimal-arithmetic.js';
import { kindOf } from '../values/kind.js';
import { checkWhole, mostDigits } from '../values/limits.js';
import { isNumber, numberOf } from '../values/numeric.js';
import type { Value } from '../values/value.js';
import { stripBlanks } from './strip.js';

const whole = /^[+-]?\d(?:_?\d)*$/;
const decimal = /^[+-]?(?:(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?|inf(?:inity)?|nan)$/i;

/** Whether a text writes a whole number. */
export const writesWhole = (text: string): boolean => whole.test(stripBlanks(text));

const prefixes = new Map([
  [2n, '0b'],
  [8n, '0o'],
  [16n, '0x'],
]);

/** `int(x, base)`. Throws EvaluationFailure. */
export const toWholeInBase = (text: string, base: bigint): bigint => {
  if (base < 2n || base > 36n) throw new EvaluationFailure('int() takes a base from 2 to 36');
  const [, sign = '', written = ''] = /^([+-]?)(.*)$/s.exec(stripBlanks(text).toLowerCase()) ?? [];
  const prefix = prefixes.get(base);
  const digits = prefix !== undefined && written.startsWith(prefix) ? written.slice(2).replace(/^_/, '') : written;
  if (!/^[0-9a-z](?:_?[0-9a-z])*$/.test(digits) || digits.length > mostDigits)
    throw new EvaluationFailure('int() found no whole number in the text');
  let value = 0n;
  for (const digit of digits.replaceAll('_', '')) {
    const worth = BigInt(Number.parseInt(digit, 36));
    if (worth >= base) throw new EvaluationFailure('int() found no whole number in the text');
    value = value * base + worth;
  }
  return checkWhole(sign === '-' ? -value : value);
};

/** `int(x)`: digits as a number, a decimal number without its fraction. Throws EvaluationFailure. */
export const toWhole = (value: Value): bigint => {
  if (typeof value === 'string') {
    const text = stripBlanks(value);
    if (!whole.test(text) || text.length > mostDigits)
      throw new EvaluationFailure('int() found no whole number in the text');
    return BigInt(text.replaceAll('_', '').replace(/^\+/, ''));
  }
  if (!isNumber(value)) throw new EvaluationFailure(`int() is not defined for ${kindOf(value)}`);
  const number = numberOf(value);
  if (typeof number === 'bigint') return number;
  if (!Number.isFinite(number)) throw new EvaluationFailure('int() is not defined for inf and nan');
  return checkWhole(BigInt(Math.trunc(number)));
};

/** `float(x)`: digits, a fraction, an exponent, inf or nan as a decimal number. Throws EvaluationFailure. */
export const toDecimalNumber = (value: Value): number => {
  if (typeof value === 'string') {
    const text = stripBlanks(value).replaceAll(/(?<=\d)_(?=\d)/g, '');
    if (!decimal.test(text)) throw new EvaluationFailure('float() found no number in the text');
    const [, sign, name] = /^([+-]?)(inf|nan)/i.exec(text) ?? [];
    if (name === undefined) return Number(text);
    return name.toLowerCase() === 'nan' ? Number.NaN : sign === '-' ? -Infinity : Infinity;
  }
  if (!isNumber(value)) throw new EvaluationFailure(`float() is not defined for ${kindOf(value)}`);
  return toDecimal(numberOf(value));
};
