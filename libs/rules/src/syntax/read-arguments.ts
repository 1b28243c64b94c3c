import type { Operation } from '../functions/operation.js';
import { suggest } from '../suggest.js';
import { checkArguments } from './check-call.js';
import type { Expression } from './expression.js';
import type { Reading } from './reading.js';
import { SyntaxFailure } from './syntax-failure.js';

const readList = <T>({ tokens }: Reading, closing: ')' | ']' | '}', openedAt: number, read: () => T): readonly T[] => {
  const items: T[] = [];
  do {
    tokens.take();
    if (tokens.isSymbol(closing)) break;
    const { at } = tokens.peek();
    if (tokens.isSymbol('*') || tokens.isSymbol('**'))
      throw new SyntaxFailure(at, '* before a value is not part of the rule language');
    items.push(read());
    if (closing === '}' && tokens.isSymbol(':'))
      throw new SyntaxFailure(
        openedAt,
        'a table { … : … } is not part of the rule language',
        'use {…} without : for several values',
      );
  } while (tokens.isSymbol(','));
  tokens.close(closing, openedAt);
  return items;
};

/** Reads expressions with commas between and perhaps behind them, from an opening bracket or a comma on. */
export const readItems = (
  reading: Reading,
  closing: ')' | ']' | '}',
  openedAt = reading.tokens.peek().at,
): readonly Expression[] => readList(reading, closing, openedAt, () => reading.inside(openedAt));

interface Argument {
  readonly at: number;
  /** For `sep=','`. */
  readonly name?: string;
  readonly value: Expression;
}

/** Reads what stands between the parentheses of a call. */
export const readArguments = (reading: Reading): readonly Argument[] => {
  const { tokens } = reading;
  const openedAt = tokens.peek().at;
  return readList(reading, ')', openedAt, () => {
    const name = tokens.peek();
    if (name.kind !== 'word' || !tokens.isSymbol('=', 1)) return { at: name.at, value: reading.inside(openedAt) };
    tokens.take();
    tokens.take();
    return { at: name.at, name: name.text, value: reading.inside(openedAt) };
  });
};

const nothing = (at: number): Expression => ({ kind: 'literal', value: null, at });

/** Puts arguments in the order of the parameters. Throws SyntaxFailure where they do not fit. */
export const placeArguments = (operation: Operation, given: readonly Argument[], at: number): readonly Expression[] => {
  const { name, parameters = [] } = operation;
  const placed = new Map<number, Expression>();
  for (const [index, argument] of given.entries()) {
    if (argument.name === undefined) {
      if (given.slice(0, index).some((before) => before.name !== undefined))
        throw new SyntaxFailure(argument.at, 'an argument without a name cannot follow one with a name');
      placed.set(index, argument.value);
      continue;
    }
    const place = parameters.indexOf(argument.name);
    const alike = suggest(argument.name, parameters);
    if (place < 0)
      throw new SyntaxFailure(
        argument.at,
        `${name}() takes no argument called ${argument.name}`,
        ...(alike === undefined ? [] : [`did you mean ${alike}?`]),
      );
    if (placed.has(place)) throw new SyntaxFailure(argument.at, `${name}() is given ${argument.name} twice`);
    placed.set(place, argument.value);
  }
  const count = placed.size === 0 ? 0 : Math.max(...placed.keys()) + 1;
  checkArguments(operation, count, at);
  return Array.from({ length: count }, (_, place) => placed.get(place) ?? nothing(at));
};
