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
 * Reads a text in quotes with the escapes Python knows, except names of characters. Throws SyntaxFailure where the
 * closing quote is missing.
 */
export const readText = (text: string, at: number): { readonly value: string; readonly end: number } => {
  const mark = text[at];
  let value = '';
  let next = at + 1;
  while (next < text.length && text[next] !== '\n') {
    const character = text[next] ?? '';
    if (character === mark) return { value, end: next + 1 };
    const piece = character === '\\' ? readEscape(text, next) : { value: character, end: next + 1 };
    value += piece.value;
    next = piece.end;
  }
  throw new SyntaxFailure(at, `the text that begins here has no closing ${mark}`);
};
