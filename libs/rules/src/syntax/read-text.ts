import { SyntaxFailure } from './syntax-failure.js';

const named = new Map([
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\n', ''],
]);

const numeric = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

const readEscape = (text: string, at: number): { readonly value: string; readonly end: number } => {
  numeric.lastIndex = at;
  const match = numeric.exec(text);
  if (match) {
    const [all, octal, ...hexadecimal] = match;
    const code = octal === undefined ? Number.parseInt(hexadecimal.join(''), 16) : Number.parseInt(octal, 8);
    if (code > 0x10ffff) throw new SyntaxFailure(at, `there is no character ${all}`);
    return { value: String.fromCodePoint(code), end: at + all.length };
  }
  const letter = text[at + 1] ?? '';
  if ('xuUN'.includes(letter) && letter !== '')
    throw new SyntaxFailure(at, `\\${letter} is not followed by a character code`, 'write \\\\ for a backslash');
  return { value: named.get(letter) ?? `\\${letter}`, end: at + 1 + letter.length };
};

/**
 * Reads a text in quotes, or in three of them, with the escapes Python knows, except names of characters; without any
 * escape where it is `raw`. Throws SyntaxFailure where the closing quotes are missing.
 */
export const readText = (text: string, at: number, raw = false): { readonly value: string; readonly end: number } => {
  const mark = text[at] ?? '';
  const triple = text.startsWith(mark.repeat(3), at);
  const closing = triple ? mark.repeat(3) : mark;
  let value = '';
  let next = at + closing.length;
  while (next < text.length && (triple || text[next] !== '\n')) {
    if (text.startsWith(closing, next)) return { value, end: next + closing.length };
    const character = text[next] ?? '';
    const escaped = character === '\\' && next + 1 < text.length;
    const plain = { value: text.slice(next, next + (escaped ? 2 : 1)), end: next + (escaped ? 2 : 1) };
    const piece = escaped && !raw ? readEscape(text, next) : plain;
    value += piece.value;
    next = piece.end;
  }
  throw new SyntaxFailure(at, `the text that begins here has no closing ${closing}`);
};
