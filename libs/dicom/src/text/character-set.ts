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

/** Names of the WHATWG encoding standard. */
export type WholeEncoding = 'utf-8' | 'gb18030' | 'gbk';

/** G1 of ISO 2022: the upper half of an encoding of the WHATWG standard, Latin-1, or the katakana of JIS X 0201. */
export type UpperHalf = `iso-8859-${number}` | 'windows-874' | 'euc-kr' | 'gbk' | 'latin1' | 'katakana';

/** PS3.3 tables C.12-2 to C.12-5, by ISO registration number. Numbers without an upper half begin with plain ASCII. */
const upperHalves: ReadonlyMap<number, UpperHalf | undefined> = new Map([
  [6, undefined],
  [13, 'katakana'],
  [58, 'gbk'],
  [87, undefined],
  [100, 'latin1'],
  [101, 'iso-8859-2'],
  [109, 'iso-8859-3'],
  [110, 'iso-8859-4'],
  [126, 'iso-8859-7'],
  [127, 'iso-8859-6'],
  [138, 'iso-8859-8'],
  [144, 'iso-8859-5'],
  [148, 'iso-8859-9'],
  [149, 'euc-kr'],
  [159, undefined],
  [166, 'windows-874'],
  [203, 'iso-8859-15'],
]);

/** PS3.3 table C.12-5. */
const wholeEncodings: ReadonlyMap<string, WholeEncoding> = new Map([
  ['ISOIR192', 'utf-8'],
  ['ISO2022IR192', 'utf-8'],
  ['UTF8', 'utf-8'],
  ['GB18030', 'gb18030'],
  ['GBK', 'gbk'],
]);

/** Sets of more than one byte a character, which may not be the first (PS3.3 table C.12-4). */
const multiByte: ReadonlySet<number> = new Set([58, 87, 149, 159]);

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
  const plain = terms.map((term) => term.toUpperCase().replace(/[ _-]/g, ''));
  const whole = plain.map((term) => wholeEncodings.get(term)).find((encoding) => encoding !== undefined);
  const numbers = plain.map((term) => registrationNumber(term));
  const first = numbers[0];
  const known = plain.map((term, index) => wholeEncodings.has(term) || upperHalves.has(numbers[index] ?? Number.NaN));
  return {
    name,
    whole,
    upperHalf: first === undefined ? undefined : upperHalves.get(first),
    known: whole !== undefined || known.every(Boolean),
    fault: faultOf(terms, known, whole !== undefined, first),
  };
};

/** PS3.3 C.12.1.1.2. */
const faultOf = (
  terms: readonly string[],
  known: readonly boolean[],
  whole: boolean,
  first: number | undefined,
): string | undefined => {
  const unknown = terms.find((_, index) => known[index] === false);
  if (unknown !== undefined) return `${JSON.stringify(unknown)} is no defined term of PS3.3 C.12.1.1.2`;
  const wellSpelt = terms.length > 1 ? /^(|ISO 2022 IR \d+)$/ : /^(|ISO_IR \d+|ISO 2022 IR \d+|GB18030|GBK)$/;
  if (whole && terms.length > 1) return 'an encoding without code extensions is not the only value';
  const misspelt = terms.find((term) => !wellSpelt.test(term));
  if (misspelt !== undefined) return `${JSON.stringify(misspelt)} is not how PS3.3 C.12.1.1.2 spells it`;
  return first !== undefined && multiByte.has(first)
    ? 'the first value is a set of several bytes a character'
    : undefined;
};

const registrationNumber = (term: string): number | undefined => {
  if (term === '') return 6;
  const digits = /^(?:ISO)?(?:2022)?IR(\d{1,3})$/.exec(term)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
