/** What a value of Specific Character Set (0008,0005) means, PS3.3 C.12.1.1.2. */
export interface CharacterSet {
  /** The value as it stands in the data set. */
  readonly name: string;
  /** Set for encodings that know no code extensions: everything is in this one. */
  readonly whole: WholeEncoding | undefined;
  /** What bytes above 7FH mean before any escape sequence; undefined when they mean nothing. */
  readonly upperHalf: UpperHalf | undefined;
  readonly known: boolean;
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

/**
 * Reads the value of Specific Character Set. Its first part says what text begins in, the others only announce escape
 * sequences, which tell themselves. An encoding without code extensions governs alone, wherever it stands. Spellings of
 * the field (`ISO-IR 100`, `iso_ir_100`) are understood.
 */
export const characterSetOf = (specificCharacterSet: string): CharacterSet => {
  const name = specificCharacterSet.slice(0, 256);
  const terms = name.split('\\').map((term) => term.toUpperCase().replace(/[ _-]/g, ''));
  const whole = terms.map((term) => wholeEncodings.get(term)).find((encoding) => encoding !== undefined);
  const numbers = terms.map((term) => registrationNumber(term));
  const first = numbers[0];
  return {
    name,
    whole,
    upperHalf: first === undefined ? undefined : upperHalves.get(first),
    known: whole !== undefined || numbers.every((number) => number !== undefined && upperHalves.has(number)),
  };
};

const registrationNumber = (term: string): number | undefined => {
  if (term === '') return 6;
  const digits = /^(?:ISO)?(?:2022)?IR(\d{1,3})$/.exec(term)?.[1];
  return digits === undefined ? undefined : Number(digits);
};
