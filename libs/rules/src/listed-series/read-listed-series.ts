import { positionOf, pointTo } from '../syntax/position.js';
import { CodedError } from '@waystation/kernel';

/** The smallest pieces of a list of series. */
export type ListToken =
  | { readonly kind: 'series'; readonly at: number; readonly part: string }
  | { readonly kind: 'and' | 'or' | '(' | ')' | 'end'; readonly at: number };

/** The refusal of a list: a sentence with line and column, the line, and a caret below the place. */
export const listFailure = (text: string, at: number, sentence: string): CodedError => {
  const position = positionOf(text, at);
  const { line, column } = position;
  return new CodedError(
    'rules.listed-series-syntax',
    `${sentence} (line ${line}, column ${column})\n${pointTo(text, position)}`,
    { details: { sentence, ...position } },
  );
};

const piece = /(?<blank>\s+)|(?<bracket>[()])|(?<quote>['"])|(?<word>[\p{L}\p{N}_]+)|(?<other>.)/suy;

/**
 * Takes a list apart; the last piece is its end.
 * @throws CodedError `rules.listed-series-syntax`
 */
export const readListedSeries = (text: string): readonly ListToken[] => {
  const tokens: ListToken[] = [];
  for (let at = 0; at < text.length;) {
    piece.lastIndex = at;
    const { blank, bracket, quote, word = '', other } = piece.exec(text)?.groups ?? {};
    if (quote !== undefined) {
      const part = quoted(text, at, quote);
      tokens.push({ kind: 'series', at, part });
      at += part.length + 2;
      continue;
    }
    if (blank === undefined)
      tokens.push({ kind: (bracket as '(' | ')' | undefined) ?? wordAt(text, at, word, other), at });
    at = piece.lastIndex;
  }
  return [...tokens, { kind: 'end', at: text.length }];
};

const quoted = (text: string, at: number, quote: string): string => {
  const end = text.indexOf(quote, at + 1);
  if (end < 0) throw listFailure(text, at, `this text has no closing ${quote}`);
  if (end === at + 1) throw listFailure(text, at, 'an empty text is part of every description');
  return text.slice(at + 1, end);
};

const wordAt = (text: string, at: number, word: string, other: string | undefined): 'and' | 'or' => {
  const known = word.toLowerCase();
  if (known === 'and' || known === 'or') return known;
  if (known === 'not') throw listFailure(text, at, 'a series can be asked for, but not its absence');
  if (other === ',') throw listFailure(text, at, 'a comma says neither and nor or');
  throw listFailure(text, at, "a series in quotes belongs here, as in 't1' and ('flair' or 't2')");
};
