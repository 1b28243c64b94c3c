import type { BinaryOperator } from '../values/binary-operator.js';
import type { ComparisonOperator } from './expression.js';
import type { TokenStream } from './token-stream.js';

/** How strongly a binary operator binds; from Python, where all of them bind more strongly than comparisons. */
export const bindingPower: Readonly<Record<Exclude<BinaryOperator, '**'>, number>> = {
  '|': 10,
  '^': 20,
  '&': 30,
  '<<': 40,
  '>>': 40,
  '+': 50,
  '-': 50,
  '*': 60,
  '/': 60,
  '//': 60,
  '%': 60,
};

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='] satisfies readonly ComparisonOperator[];

/** The operators that bind to the left; `**` binds to the right, and more strongly than a sign before it. */
export type LeftOperator = keyof typeof bindingPower;

const isBinary = (text: string): text is LeftOperator => Object.hasOwn(bindingPower, text);
const isComparison = (text: string): text is ComparisonOperator => comparisons.includes(text);

/** The binary operator that comes next, if one does. */
export const nextBinary = (tokens: TokenStream): LeftOperator | undefined => {
  const token = tokens.peek();
  return token.kind === 'symbol' && isBinary(token.text) ? token.text : undefined;
};

/** The comparison operator that comes next, if one does, and how many tokens it has. */
export const nextComparison = (
  tokens: TokenStream,
): { readonly operator: ComparisonOperator; readonly length: number } | undefined => {
  const token = tokens.peek();
  if (token.kind === 'symbol' && isComparison(token.text)) return { operator: token.text, length: 1 };
  if (tokens.isWord('in')) return { operator: 'in', length: 1 };
  if (tokens.isWord('is'))
    return tokens.isWord('not', 1) ? { operator: 'is not', length: 2 } : { operator: 'is', length: 1 };
  return tokens.isWord('not') && tokens.isWord('in', 1) ? { operator: 'not in', length: 2 } : undefined;
};
