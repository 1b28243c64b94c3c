import {
  registeredSets,
  wholeEncodings,
  type RegisteredSet,
  type UpperHalf,
  type WholeEncoding,
} from './character-sets.js';

/** What a value of Specific Character Set (0008,0005) means, PS3.3 C.12.1.1.2. */
export interface CharacterSet {
  /** The value as it stands in the data set. */
  readonly name: string;
  /** Set for encodings that know no code extensions: everything is in this one. */
  readonly whole: WholeEncoding | undefined;
  /** What bytes above 7FH mean before any escape sequence; undefined when they mean nothing. */
  readonly upperHalf: UpperHalf | undefined;
  /** Whether every value is in PS3.3 C.12.1.1.2, misspelt or not. */
  readonly known: boolean;
  /** What is wrong with the declaration; undefined where it is as the standard demands. */
  readonly fault: string | undefined;
}

/** A term as it is in all of its spellings. */
const plainly = (term: string): string => term.toUpperCase().replace(/[ _-]/g, '');

const byNumber: ReadonlyMap<number, RegisteredSet> = new Map(registeredSets.map((set) => [set.number, set]));

/** By defined term without spaces and the like, with the spellings of the field. */
const whole: ReadonlyMap<string, WholeEncoding> = new Map([
  ...wholeEncodings.map(([term, , encoding]): [string, WholeEncoding] => [plainly(term), encoding]),
  ['ISO2022IR192', 'utf-8'],
  ['UTF8', 'utf-8'],
]);

/** The same few values come with every object of a sender. */
const seen = new Map<string, CharacterSet>();
const MOST_SEEN = 100;

/**
 * Reads the value of Specific Character Set. Its first part says what text begins in, the others only announce escape
 * sequences, which tell themselves. An encoding without code extensions governs alone, wherever it stands. Spellings of
 * the field (`ISO-IR 100`, `iso_ir_100`) are understood.
 */
export const characterSetOf = (specificCharacterSet: string): CharacterSet => {
  const known = seen.get(specificCharacterSet);
  if (known !== undefined) return known;
  const characterSet = read(specificCharacterSet.slice(0, 256));
  if (seen.size < MOST_SEEN && specificCharacterSet.length <= 256) seen.set(specificCharacterSet, characterSet);
  return characterSet;
};

const read = (name: string): CharacterSet => {
  const terms = name.split('\\');
  const plain = terms.map(plainly);
  const encoding = plain.map((term) => whole.get(term)).find((found) => found !== undefined);
  const numbers = plain.map((term) => registrationNumber(term));
  const first = numbers[0];
  const known = plain.map((term, index) => whole.has(term) || byNumber.has(numbers[index] ?? Number.NaN));
  return {
    name,
    whole: encoding,
    upperHalf: first === undefined ? undefined : byNumber.get(first)?.upperHalf,
    known: encoding !== undefined || known.every(Boolean),
    fault: faultOf(terms, known, encoding !== undefined, first),
  };
};

/** PS3.3 C.12.1.1.2. */
const faultOf = (
  terms: readonly string[],
  known: readonly boolean[],
  isWhole: boolean,
  first: number | undefined,
): string | undefined => {
  const unknown = terms.find((_, index) => known[index] === false);
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is no defined term of PS3.3 C.12.1.1.2`;
  const wellSpelt = terms.length > 1 ? /^(|ISO 2022 IR \d+)$/ : /^(|ISO_IR \d+|ISO 2022 IR \d+|GB18030|GBK)$/;
  if (isWhole && terms.length > 1) return 'an encoding without code extensions is not the only value';
  const misspelt = terms.find((term) => !wellSpelt.test(term));
  if (misspelt !== undefined) return `${JSON.stringify(misspelt)} is not how PS3.3 C.12.1.1.2 spells it`;
  return byNumber.get(first ?? Number.NaN)?.wide === true
    ? 'the first value is a set of several bytes a character'
    : undefined;
};

const registrationNumber = (term: string): number | undefined => {
  if (term === '') return 6;
  const digits = /^(?:ISO)?(?:2022)?IR(\d{1,3})$/.exec(term)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
