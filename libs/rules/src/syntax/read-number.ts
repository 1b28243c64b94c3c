import { mostDigits } from '../values/limits.js';
import { SyntaxFailure } from './syntax-failure.js';

const digits = String.raw`\d(?:_?\d)*`;
const decimal = new RegExp(
  String.raw`(?:(?:${digits})?\.${digits}|${digits}\.)(?:[eE][+-]?${digits})?|${digits}[eE][+-]?${digits}`,
  'y',
);
const whole = new RegExp(digits, 'y');
const tail = /[\p{L}\p{N}_.]+/uy;

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

/** Reads a whole or decimal number. Throws SyntaxFailure for what Python does not take as one. */
export const readNumber = (text: string, at: number): { readonly value: bigint | number; readonly end: number } => {
  const decimalText = matchAt(decimal, text, at);
  const number = decimalText ?? matchAt(whole, text, at) ?? '';
  const end = at + number.length;
  const rest = matchAt(tail, text, end);
  if (rest !== undefined)
    throw new SyntaxFailure(at, `${number}${rest} is not a number`, `write '${number}${rest}' for text`);
  const plain = number.replaceAll('_', '');
  if (decimalText === undefined && /^0+[1-9]/.test(plain))
    throw new SyntaxFailure(
      at,
      `a number has no leading zeros`,
      `write ${plain.replace(/^0+/, '')}, or '${number}' for text`,
    );
  const value = decimalText === undefined ? BigInt(plain) : Number(plain);
  if (plain.length > mostDigits || (typeof value === 'number' && !Number.isFinite(value)))
    throw new SyntaxFailure(at, 'the number is too large');
  return { value, end };
};
