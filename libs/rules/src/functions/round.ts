import { EvaluationFailure } from '../evaluation/evaluation-failure.js';
import { checkWhole } from '../values/limits.js';

/** To the nearest whole number; from the middle to the even one. */
export const roundHalfEven = (value: number): bigint => {
  if (!Number.isFinite(value)) throw new EvaluationFailure('round() is not defined for inf and nan');
  const below = Math.floor(value);
  const fraction = value - below;
  const up = fraction > 0.5 || (fraction === 0.5 && below % 2 !== 0);
  return checkWhole(BigInt(up ? below + 1 : below));
};

const mostPlaces = 20;

/** To a multiple of a power of ten; from the middle to the even one. */
const toTens = (value: number, power: bigint): number => {
  const unit = 10n ** power;
  const whole = BigInt(Math.trunc(Math.abs(value)));
  const twice = (whole % unit) * 2n;
  const odd = (whole / unit) % 2n === 1n;
  const beyond = twice > unit || (twice === unit && (odd || !Number.isInteger(value)));
  return Math.sign(value) * Number((whole / unit + (beyond ? 1n : 0n)) * unit);
};

/** A whole number to a multiple of a power of ten; from the middle to the even one. */
export const wholeToTens = (value: bigint, power: bigint): bigint => {
  if (power > 20n) return 0n;
  const unit = 10n ** power;
  const [size, sign] = value < 0n ? [-value, -1n] : [value, 1n];
  const twice = (size % unit) * 2n;
  const beyond = twice > unit || (twice === unit && (size / unit) % 2n === 1n);
  return sign * (size / unit + (beyond ? 1n : 0n)) * unit;
};

/** To a number of decimal places; a value exactly in the middle goes to the even digit. Throws EvaluationFailure. */
export const roundToPlaces = (value: number, places: bigint): number => {
  if (places < -mostPlaces || places > mostPlaces)
    throw new EvaluationFailure(`round() takes up to ${mostPlaces} decimal places`);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  if (places < 0n) return toTens(value, -places);
  const kept = Number(places);
  const [whole = '', fraction = ''] = Math.abs(value).toFixed(100).split('.');
  if (!/^50*$/.test(fraction.slice(kept))) return Number(value.toFixed(kept));
  const down = whole + fraction.slice(0, kept);
  const even = Number(down.at(-1)) % 2 === 0 ? BigInt(down) : BigInt(down) + 1n;
  const text = even.toString().padStart(kept + 1, '0');
  return Math.sign(value) * Number(`${text.slice(0, text.length - kept)}.${text.slice(text.length - kept)}`);
};
