import { mostDigits } from '../values/limits.js';
import { SyntaxFailure } from './syntax-failure.js';

const digits = String.raw`\d(?:_?\d)*`;
const decimal = new RegExp(
  String.raw`(?:(?:${digits})?\.${digits}|${digits}\.)(?:[eE][+-]?${digits})?|${digits}[eE][+-]?${digits}`,
  'y',
);
const whole = new RegExp(digits, 'y');
const based = /0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const tail = /[\p{L}\p{N}_.]+/uy;

interface NumberRead {
  readonly value: bigint | number;
  readonly end: number;
}

const matchAt = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
};

const checkEnd = (text: string, at: number, number: string): number => {
  const end = at + number.length;
  const rest = matchAt(tail, text, end);
  if (rest === undefined) return end;
  throw new SyntaxFailure(at, `${number}${rest} is not a number`, `write '${number}${rest}' for text`);
};

/** Reads a whole or decimal number. Throws SyntaxFailure for what Python does not take as one. */
export const readNumber = (text: string, at: number): NumberRead => {
  const other = matchAt(based, text, at);
  if (other !== undefined) return { value: BigInt(other.replaceAll('_', '')), end: checkEnd(text, at, other) };
  const decimalText = matchAt(decimal, text, at);
  const number = decimalText ?? matchAt(whole, text, at) ?? '';
  const end = checkEnd(text, at, number);
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
