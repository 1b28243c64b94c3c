import { foreignCharacter, foreignSymbol } from './foreign.js';
import { readNumber } from './read-number.js';
import { readText } from './read-text.js';
import { tagName } from './tag-name.js';
import { SyntaxFailure } from './syntax-failure.js';
import { symbols, type Token } from './token.js';

const blank = /(?:[\s\p{Z}]|\\\r?\n|#[^\n]*)*/uy;
const word = /[\p{L}_][\p{L}\p{N}_]*/uy;
const tag = new RegExp(`@(${tagName.source})@`, 'y');
const percentTag = /%([A-Za-z][A-Za-z0-9_]*)%/y;
const digit = /\.?\d/y;

const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

interface Read {
  readonly token: Token;
  readonly end: number;
}

const readTag = (text: string, at: number): Read => {
  const match = matchAt(tag, text, at);
  if (match) return { token: { kind: 'tag', at, name: match[1] ?? '' }, end: at + match[0].length };
  const closed =
    text
      .slice(at + 1)
      .split('\n', 1)[0]
      ?.includes('@') ?? false;
  throw new SyntaxFailure(
    at,
    closed ? 'the name between @ and @ is not the name of a tag' : 'the name of the tag has no closing @',
    'write it as in @Modality@',
  );
};

const prefix = /^(?:[fbu]|r[bf]?|[bf]r)$/i;

const readWord = (text: string, at: number, name: string): Read => {
  const end = at + name.length;
  if (!prefix.test(name) || !/^['"]/.test(text.slice(end, end + 1)))
    return { token: { kind: 'word', at, text: name }, end };
  if (/[fb]/i.test(name))
    throw new SyntaxFailure(at, `a text with ${name} before its quotes is not part of the rule language`);
  const read = readText(text, end, /r/i.test(name));
  return { token: { kind: 'text', at, value: read.value }, end: read.end };
};

const readSymbol = (text: string, at: number, previous: Token | undefined): Read => {
  const percent = matchAt(percentTag, text, at)?.[1];
  const afterOperand = previous !== undefined && endsOperand(previous);
  if (percent !== undefined && !afterOperand)
    throw new SyntaxFailure(at, `%${percent}% is the notation of old releases`, `write @${percent}@`);
  const foreign = foreignSymbol(text, at);
  const symbol = symbols.find((candidate) => text.startsWith(candidate, at));
  if (!foreign && symbol !== undefined) return { token: { kind: 'symbol', at, text: symbol }, end: at + symbol.length };
  const found = foreign ?? foreignCharacter(String.fromCodePoint(text.codePointAt(at) ?? 0));
  throw new SyntaxFailure(at, found.sentence, found.suggestion);
};

/** Whether an operator, not an operand, comes after this token. */
const endsOperand = (token: Token): boolean => {
  if (token.kind === 'word') return !['and', 'or', 'not', 'in', 'is'].includes(token.text);
  return token.kind === 'symbol' ? token.text === ')' || token.text === ']' || token.text === '}' : true;
};

const readToken = (text: string, at: number, previous: Token | undefined): Read => {
  const first = text[at] ?? '';
  if (first === "'" || first === '"') {
    const { value, end } = readText(text, at);
    return { token: { kind: 'text', at, value }, end };
  }
  if (first === '@') return readTag(text, at);
  const name = matchAt(word, text, at)?.[0];
  if (name !== undefined) return readWord(text, at, name);
  if (!matchAt(digit, text, at)) return readSymbol(text, at, previous);
  const { value, end } = readNumber(text, at);
  return { token: { kind: 'number', at, value }, end };
};

/** Cuts a condition into tokens; the last is the end. Throws SyntaxFailure. */
export const tokenize = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  const skip = (at: number): number => at + (matchAt(blank, text, at)?.[0].length ?? 0);
  let at = skip(0);
  while (at < text.length) {
    const { token, end } = readToken(text, at, tokens.at(-1));
    tokens.push(token);
    at = skip(end);
  }
  return [...tokens, { kind: 'end', at: text.length }];
};
