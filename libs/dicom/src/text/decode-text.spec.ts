import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterSetOf } from './character-set.js';
import { decodeText } from './decode-text.js';

/** Bytes are written as Latin-1 text, each character one byte. */
const decode = (specificCharacterSet: string, bytes: string, vr: 'PN' | 'LO' | 'LT' = 'PN') =>
  decodeText(Buffer.from(bytes, 'latin1'), vr, characterSetOf(specificCharacterSet));
const utf8 = (text: string): string => Buffer.from(text).toString('latin1');
const faithful = (text: string): object => ({ text, faithful: true });

describe('text in a single character set', () => {
  it.each([
    ['ISO_IR 100', 'Buc^J\xe9r\xf4me', 'Buc^Jérôme'],
    ['ISO_IR 101', 'Wa\xb3\xeasa', 'Wałęsa'],
    ['ISO_IR 126', '\xc4\xe9\xef\xed\xf5\xf3\xe9\xef\xf2', 'Διονυσιος'],
    ['ISO_IR 127', '\xe2\xc8\xc7\xe6\xea^\xe4\xe6\xd2\xc7\xd1', 'قباني^لنزار'],
    ['ISO_IR 138', '\xf9\xf8\xe5\xef^\xe3\xe1\xe5\xf8\xe4', 'שרון^דבורה'],
    ['ISO_IR 144', '\xbb\xee\xdace\xdc\xd1yp\xd3', 'Люкceмбypг'],
    ['ISO_IR 148', '\xc7avu\xfeo\xf0lu', 'Çavuşoğlu'],
    ['ISO_IR 166', '\xca\xc1\xaa\xd2\xc2', 'สมชาย'],
    ['ISO_IR 203', '100 \xa4', '100 €'],
    ['ISO_IR 13', '\xd4\xcf\xc0\xde^\xc0\xdb\xb3', 'ﾔﾏﾀﾞ^ﾀﾛｳ'],
    ['GB18030', 'Wang^XiaoDong=\xcd\xf5^\xd0\xa1\xb6\xab', 'Wang^XiaoDong=王^小东'],
    ['GBK', '\xcd\xf5', '王'],
    ['iso-ir 100', '\xc4neas', 'Äneas'],
  ])('decodes %s', (set, bytes, text) => {
    expect(decode(set, bytes)).toEqual(faithful(text));
  });

  it('decodes UTF-8, wherever among several values it is declared', () => {
    const bytes = utf8('山田^太郎');
    expect(decode('ISO_IR 192', bytes)).toEqual(faithful('山田^太郎'));
    expect(decode('\\ISO_IR 192', bytes)).toEqual(faithful('山田^太郎'));
  });

  it('takes 5CH as the second byte of a character for no backslash', () => {
    expect(decode('GBK', '\xd5\x5c', 'LO')).toEqual(faithful('誠'));
  });
});

describe('text with code extensions', () => {
  // The examples of PS3.5 annexes H, I and K.
  it.each([
    [
      '\\ISO 2022 IR 87',
      'Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B',
      'Yamada^Tarou=山田^太郎=やまだ^たろう',
    ],
    [
      'ISO 2022 IR 13\\ISO 2022 IR 87',
      '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J=\x1b$B$d$^$@\x1b(J^\x1b$B$?$m$&\x1b(J',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう',
    ],
    [
      '\\ISO 2022 IR 149',
      'Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7=\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf',
      'Hong^Gildong=洪^吉洞=홍^길동',
    ],
    ['\\ISO 2022 IR 58', 'Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab=', 'Zhang^XiaoDong=张^小东='],
    ['ISO 2022 IR 100\\ISO 2022 IR 126', 'J\xe9r\xf4me \x1b-F\xc4\xe9', 'Jérôme Δι'],
    ['\\ISO 2022 IR 87\\ISO 2022 IR 159', '\x1b$(D\x30\x21\x1b(B', '丂'],
  ])('decodes %j', (set, bytes, text) => {
    expect(decode(set, bytes)).toEqual(faithful(text));
  });

  it('goes back to the initial set behind a delimiter of names, and only of names', () => {
    const bytes = 'J\xe9\x1b-F\xc4^\xe9';
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', bytes).text).toBe('JéΔ^é');
    expect(decode('ISO 2022 IR 100\\ISO 2022 IR 126', bytes, 'LO').text).toBe('JéΔ^ι');
  });

  it('goes back to the initial set behind the end of a line, and behind a backslash only between values', () => {
    const set = 'ISO 2022 IR 100\\ISO 2022 IR 126';
    expect(decode(set, '\x1b-F\xe9\r\n\xe9', 'LT').text).toBe('ι\r\né');
    expect(decode(set, '\x1b-F\xe9\\\xe9', 'LO').text).toBe('ι\\é');
    expect(decode(set, '\x1b-F\xe9\\\xe9', 'LT').text).toBe('ι\\ι');
  });

  it('takes the bytes of kanji for no delimiters', () => {
    // JIS X 0208 has 5C5E and 5E3D.
    expect(decode('\\ISO 2022 IR 87', '\x1b$B\x5c\x5e\x5e\x3d\x1b(B^A').text).toMatch(/^[^\\^=]{2}\^A$/);
  });

  it('understands a Korean name that switches once for all its components', () => {
    expect(decode('\\ISO 2022 IR 149', '\x1b$)C\xfb\xf3^\xd1\xce').text).toBe('洪^吉');
  });

  it('understands escape sequences nobody announced', () => {
    expect(decode('ISO 2022 IR 87', '\x1b$B;3ED\x1b(B').text).toBe('山田');
  });

  it('understands Shift_JIS kanji among the katakana, backslash byte and all', () => {
    expect(decode('ISO_IR 13', '\xd4\xcf^\x8e\x52\x93\x63\x95\x5c').text).toBe('ﾔﾏ^山田表');
  });

  it('marks an escape sequence it does not know', () => {
    expect(decode('\\ISO 2022 IR 87', 'A\x1b$ZB')).toEqual({ text: 'A$ZB', faithful: false });
  });
});

describe('text that is not what it says', () => {
  it('is UTF-8 where that is strictly right, else Latin-1', () => {
    expect(decode('', utf8('Müller'))).toEqual({ text: 'Müller', faithful: false });
    expect(decode('', 'M\xfcller')).toEqual({ text: 'Müller', faithful: false });
    expect(decode('ISO_IR 192', 'M\xfcller')).toEqual({ text: 'Müller', faithful: false });
  });

  it('is read as well as possible in a character set that does not exist', () => {
    expect(decode('ISO_IR 999', 'M\xfcller')).toEqual({ text: 'Müller', faithful: false });
    expect(decode('KLINGON', utf8('Müller'))).toEqual({ text: 'Müller', faithful: false });
  });

  it('never fails, whatever the bytes and the character set', () => {
    const sets = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom('', 'ISO 2022 IR 13', 'ISO 2022 IR 58', 'ISO 2022 IR 87', 'ISO 2022 IR 149', 'GB18030'))
        .map((terms) => terms.join('\\')),
    );
    const byte = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0x1b, 0x24, 0x28, 0x29, 0x42, 0x5c, 0x5e));
    const vr = fc.constantFrom('PN' as const, 'LO' as const, 'LT' as const);
    fc.assert(
      fc.property(sets, fc.array(byte, { maxLength: 64 }), vr, (set, bytes, kind) => {
        const { text } = decode(set, Buffer.from(bytes).toString('latin1'), kind);
        expect(text.length).toBeLessThanOrEqual(bytes.length * 2);
        expect(Buffer.from(text).toString()).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
});
