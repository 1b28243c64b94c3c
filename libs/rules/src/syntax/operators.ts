import type { BinaryOperator } from '../values/binary-operator.js';
import type { ComparisonOperator } from './expression.js';
import type { TokenStream } from './token-stream.js';

/** How strongly a binary operator binds; from Python, where all of them bind more strongly than comparisons. */
export const bindingPower: Readonly<Record<BinaryOperator, number>> = {
  '|': 10,
  '&': 30,
  '+': 50,
  '-': 50,
  '*': 60,
  '/': 60,
  '//': 60,
  '%': 60,
};

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='] satisfies readonly ComparisonOperator[];

const isBinary = (text: string): text is BinaryOperator => Object.hasOwn(bindingPower, text);
const isComparison = (text: string): text is ComparisonOperator => comparisons.includes(text);

/** The binary operator that comes next, if one does. */
export const nextBinary = (tokens: TokenStream): BinaryOperator | undefined => {
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
  return tokens.isWord('not') && tokens.isWord('in', 1) ? { operator: 'not in', length: 2 } : undefined;
};
