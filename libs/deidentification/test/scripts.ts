/** A script, how it is declared in (0008,0005), and how its letters are written. */
export interface Script {
  readonly name: string;
  readonly specificCharacterSet: string;
  readonly syllables: readonly string[];
  readonly encode: (text: string) => Buffer;
}

/** Bytes of each character of an encoding, found by decoding all of them. */
const tableOf = (encoding: string, codes: readonly (readonly number[])[]): ReadonlyMap<string, readonly number[]> => {
  const decoder = new TextDecoder(encoding);
  const entries = codes.map((bytes): [string, readonly number[]] => [decoder.decode(Uint8Array.from(bytes)), bytes]);
  return new Map(entries.filter(([text]) => text.length === 1 && text !== '\uFFFD'));
};

const upperHalf = Array.from({ length: 128 }, (_, index) => [0x80 + index]);

const singleBytes = (encoding: string): ((text: string) => Buffer) => {
  const table = tableOf(encoding, upperHalf);
  return (text) => Buffer.from(Array.from(text).flatMap((letter) => table.get(letter) ?? [letter.charCodeAt(0)]));
};

const pairs = Array.from({ length: 94 * 94 }, (_, index) => [0xa1 + Math.floor(index / 94), 0xa1 + (index % 94)]);

/** ISO 2022 as PS3.5 H.3 shows it: back to ASCII at each delimiter. */
const japanese = (): ((text: string) => Buffer) => {
  const table = tableOf('euc-jp', pairs);
  return (text) => {
    const out: number[] = [];
    let wide = false;
    for (const letter of text) {
      const pair = table.get(letter);
      if ((pair !== undefined) !== wide) out.push(0x1b, ...(wide ? [0x28, 0x42] : [0x24, 0x42]));
      wide = pair !== undefined;
      out.push(...(pair?.map((byte) => byte & 0x7f) ?? [letter.charCodeAt(0)]));
    }
    return Buffer.from(wide ? [...out, 0x1b, 0x28, 0x42] : out);
  };
};

const syllables = (text: string): readonly string[] => text.split(' ');

export const scripts: readonly Script[] = [
  {
    name: 'ASCII',
    specificCharacterSet: '',
    syllables: syllables('zwo qui xan vor dju kyl bru pfe'),
    encode: (text) => Buffer.from(text, 'latin1'),
  },
  {
    name: 'Latin',
    specificCharacterSet: 'ISO_IR 100',
    syllables: syllables('zwö qüi xàn vør djú kyl brû pfé'),
    encode: (text) => Buffer.from(text, 'latin1'),
  },
  {
    name: 'Cyrillic',
    specificCharacterSet: 'ISO_IR 144',
    syllables: syllables('жук цвё шлю эфы щаг юрн бяк дзы'),
    encode: singleBytes('iso-8859-5'),
  },
  {
    name: 'Greek',
    specificCharacterSet: 'ISO_IR 126',
    syllables: syllables('ξυλ ψαφ θρη ωζυ γνω φθι χλο κσω'),
    encode: singleBytes('iso-8859-7'),
  },
  {
    name: 'Japanese',
    specificCharacterSet: String.raw`\ISO 2022 IR 87`,
    syllables: syllables('鱒 槌 鷺 澤 鶴 楠 霧 桧'),
    encode: japanese(),
  },
  {
    name: 'Unicode',
    specificCharacterSet: 'ISO_IR 192',
    syllables: syllables('zwö жук ξυλ 鱒槌 홍길 王小 djú ψαφ'),
    encode: (text) => Buffer.from(text),
  },
];
