import { plainText, withoutAccents } from './plain-text.js';
import type { IdentityTokens } from './identity-tokens.js';

/** Names shorter than this are looked for as words: as part of others they would be found everywhere. */
const SHORTEST_PART = 6;
/** Bytes below which a token is not looked for in values that are not text: it would be found by chance. */
const FEWEST_BYTES = 5;
const latin = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\s\d\p{P}]+$/u;

const ascii = /^[ -~]*$/;

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

let last: { readonly key: string; readonly matcher: TokenMatcher } | undefined;

/** What finds these tokens; the one of before where they are the same, as they are in the objects of a series. */
export const matcherOf = (tokens: IdentityTokens): TokenMatcher => {
  const key = [tokens.names, tokens.identifiers, tokens.raw].map((texts) => [...texts].join('\0')).join('\0\0');
  if (last?.key !== key) last = { key, matcher: new TokenMatcher(tokens) };
  return last.matcher;
};

/** Finds in values what says who somebody is. */
export class TokenMatcher {
  private readonly anywhere: RegExp | undefined;
  private readonly strict: RegExp | undefined;
  private everywhere: RegExp | undefined;
  private sought: readonly Buffer[] | undefined;

  constructor(private readonly tokens: IdentityTokens) {
    const names = withVariants(tokens.names);
    const identifiers = withVariants(tokens.identifiers);
    const parts = [...identifiers, ...names.filter(isFoundAnywhere)];
    const words = names.filter((name) => !isFoundAnywhere(name));
    this.anywhere = patternOf(parts, words);
    this.strict = patternOf([...identifiers, ...names.filter(({ length }) => length >= SHORTEST_PART)], []);
  }

  /** Whether a text names somebody. */
  isIn(text: string): boolean {
    return this.anywhere !== undefined && [plainText(text), withoutAccents(plainText(text))].some((t) => this.found(t));
  }

  /** Whether a code does; short words are no names there, as in `HEAD`. */
  isInCode(text: string): boolean {
    return this.strict?.test(plainText(text)) ?? false;
  }

  /** Whether bytes hold a name or number, in UTF-8, UTF-16, Latin-1, or as it stood in the data set. */
  isInBytes(bytes: Buffer): boolean {
    this.sought ??= bytesOf([...this.tokens.names, ...this.tokens.identifiers], this.tokens.raw);
    return this.sought.some((token) => bytes.includes(token));
  }

  /** An ASCII text without what names somebody. */
  without(text: string): string {
    if (this.anywhere === undefined) return text;
    this.everywhere ??= new RegExp(this.anywhere.source, 'giu');
    return text.replace(this.everywhere, ' ');
  }

  private found(text: string): boolean {
    return this.anywhere?.test(text) ?? false;
  }
}

const isFoundAnywhere = (name: string): boolean => name.length >= SHORTEST_PART || !latin.test(name);

const withVariants = (texts: ReadonlySet<string>): readonly string[] => [
  ...new Set([...texts].flatMap((text) => (ascii.test(text) ? [text] : [text, withoutAccents(text)]))),
];

/** Longer ones first, so that no rest of them stays. */
const patternOf = (parts: readonly string[], words: readonly string[]): RegExp | undefined => {
  const longestFirst = (one: string, other: string): number => other.length - one.length;
  const alternatives = [
    ...parts.toSorted(longestFirst).map(escaped),
    ...words.toSorted(longestFirst).map((word) => `(?<!\\p{L})${escaped(word)}(?!\\p{L})`),
  ];
  return alternatives.length === 0 ? undefined : new RegExp(alternatives.join('|'), 'iu');
};

const bytesOf = (texts: readonly string[], raw: ReadonlySet<string>): readonly Buffer[] => {
  const forms = texts.flatMap((text) => [text, text.toUpperCase(), text.replace(/(?<!\p{L})\p{L}/gu, upper)]);
  const encoded = forms.flatMap((text) => [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    Buffer.from(text, 'utf16le').swap16(),
    ...(/^[\0-\xff]*$/.test(text) ? [Buffer.from(text, 'latin1')] : []),
  ]);
  const all = [...encoded, ...[...raw].map((text) => Buffer.from(text, 'latin1'))];
  const enough = all.filter(({ length }) => length >= FEWEST_BYTES);
  return [...new Map(enough.map((bytes) => [bytes.toString('latin1'), bytes])).values()];
};

const upper = (letter: string): string => letter.toUpperCase();
