/** Names of the WHATWG encoding standard. */
export type WholeEncoding = 'utf-8' | 'gb18030' | 'gbk';

/** G1 of ISO 2022: the upper half of an encoding of the WHATWG standard, Latin-1, or the katakana of JIS X 0201. */
export type UpperHalf = `iso-8859-${number}` | 'windows-874' | 'euc-kr' | 'gbk' | 'latin1' | 'katakana';

/** A character set of ISO 2022: `ISO_IR 100` alone, `ISO 2022 IR 100` with code extensions (PS3.3 tables C.12-2 to C.12-4). */
export interface RegisteredSet {
  /** ISO registration number. */
  readonly number: number;
  readonly name: string;
  /** What bytes above 7FH mean before any escape sequence; undefined where they mean nothing. */
  readonly upperHalf: UpperHalf | undefined;
  /** Takes two bytes a character, and so only comes with code extensions and behind another set. */
  readonly wide: boolean;
}

const narrow = (number: number, name: string, upperHalf: UpperHalf | undefined): RegisteredSet => ({
  number,
  name,
  upperHalf,
  wide: false,
});
const wide = (number: number, name: string, upperHalf?: UpperHalf): RegisteredSet => ({
  number,
  name,
  upperHalf,
  wide: true,
});

export const registeredSets: readonly RegisteredSet[] = [
  narrow(6, 'default repertoire', undefined),
  narrow(100, 'Latin alphabet No. 1', 'latin1'),
  narrow(101, 'Latin alphabet No. 2', 'iso-8859-2'),
  narrow(109, 'Latin alphabet No. 3', 'iso-8859-3'),
  narrow(110, 'Latin alphabet No. 4', 'iso-8859-4'),
  narrow(148, 'Latin alphabet No. 5', 'iso-8859-9'),
  narrow(203, 'Latin alphabet No. 9', 'iso-8859-15'),
  narrow(144, 'Cyrillic', 'iso-8859-5'),
  narrow(127, 'Arabic', 'iso-8859-6'),
  narrow(126, 'Greek', 'iso-8859-7'),
  narrow(138, 'Hebrew', 'iso-8859-8'),
  narrow(13, 'Japanese, JIS X 0201', 'katakana'),
  narrow(166, 'Thai', 'windows-874'),
  wide(87, 'Japanese, JIS X 0208'),
  wide(159, 'Japanese, JIS X 0212'),
  wide(149, 'Korean, KS X 1001', 'euc-kr'),
  wide(58, 'Simplified Chinese, GB 2312', 'gbk'),
];

/** Encodings without code extensions, by defined term (PS3.3 table C.12-5). */
export const wholeEncodings: readonly (readonly [term: string, name: string, encoding: WholeEncoding])[] = [
  ['ISO_IR 192', 'Unicode in UTF-8', 'utf-8'],
  ['GB18030', 'Chinese, GB 18030', 'gb18030'],
  ['GBK', 'Chinese, GBK', 'gbk'],
];
