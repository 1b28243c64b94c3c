import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { toDecimal } from './decimal-arithmetic.js';
import { checkWhole, mostDigits } from './limits.js';

const whole = (base: bigint, exponent: bigint): bigint => {
  const digits = base.toString().length;
  if (base !== 0n && base !== 1n && base !== -1n && BigInt(digits - 1) * exponent > BigInt(mostDigits))
    throw new EvaluationFailure(`the result would have more than ${mostDigits} digits`);
  if (exponent > 20_000n) return base === -1n && exponent % 2n === 1n ? -1n : base === 0n ? 0n : limited(base);
  return checkWhole(base ** exponent);
};

/** What a power with a huge exponent is: 1, or too large. */
const limited = (base: bigint): bigint => {
  if (base === 1n || base === -1n) return 1n;
  throw new EvaluationFailure(`the result would have more than ${mostDigits} digits`);
};

/** `base ** exponent`: whole for a whole exponent of at least 0, else decimal. Throws EvaluationFailure. */
export const power = (base: bigint | number, exponent: bigint | number): bigint | number => {
  if (typeof base === 'bigint' && typeof exponent === 'bigint' && exponent >= 0n) return whole(base, exponent);
  const [number, by] = [toDecimal(base), toDecimal(exponent)];
  if (number === 0 && by < 0) throw new EvaluationFailure('0 has no power below 0');
  if (number < 0 && Number.isFinite(by) && !Number.isInteger(by) && Number.isFinite(number))
    throw new EvaluationFailure('a number below 0 has whole powers only');
  const result = number === 1 ? 1 : number === -1 && !Number.isFinite(by) && !Number.isNaN(by) ? 1 : number ** by;
  if (!Number.isFinite(result) && Number.isFinite(number) && Number.isFinite(by))
    throw new EvaluationFailure('the result is too large for a decimal number');
  return result;
};
