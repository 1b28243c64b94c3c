import type { Vr } from '../dictionary/value-representations.js';
import type { Encoding } from '../header/encoding.js';
import { asciiText } from '../text/ascii-text.js';

export const PHOTOMETRIC_INTERPRETATION = 0x00280004;
export const PLANAR_CONFIGURATION = 0x00280006;
export const LOSSY_IMAGE_COMPRESSION = 0x00282110;

const tags = {
  samplesPerPixel: 0x00280002,
  planarConfiguration: PLANAR_CONFIGURATION,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  pixelRepresentation: 0x00280103,
} as const;

/** The attributes that are numbers. */
export type ImageNumber = keyof typeof tags;

const namesByTag = new Map<number, ImageNumber>((Object.keys(tags) as ImageNumber[]).map((name) => [tags[name], name]));

/** The longest value that is looked at; no number of a real object is nearly as long. */
const LONGEST_VALUE = 64;

/** What one data set or item says of its pixels, PS3.3 C.7.6.3, as far as it has gone by. */
export class ImageAttributes {
  private readonly numbers = new Map<ImageNumber, number>();
  photometricInterpretation = '';

  /** @param around what the data set around an item says: it holds where the item is silent */
  constructor(private readonly around?: ImageAttributes) {}

  /** Whether the value is one of these, or has to be at hand because it may have to change. */
  static wants(tag: number, length: number): boolean {
    const isText = tag === PHOTOMETRIC_INTERPRETATION || tag === LOSSY_IMAGE_COMPRESSION;
    return (isText || namesByTag.has(tag)) && length <= LONGEST_VALUE;
  }

  take(tag: number, vr: Vr, value: Buffer, encoding: Encoding): void {
    const name = namesByTag.get(tag);
    if (name !== undefined) this.numbers.set(name, numberIn(value, vr, encoding));
    else if (tag === PHOTOMETRIC_INTERPRETATION) this.photometricInterpretation = textIn(value);
  }

  /** The number of this data set or item; undefined where it does not say. */
  number(name: ImageNumber): number | undefined {
    return this.numbers.get(name);
  }

  /** Whether pixel values are signed, here or else around. */
  get signed(): boolean {
    const here = this.numbers.get('pixelRepresentation');
    return here === undefined ? (this.around?.signed ?? false) : here === 1;
  }
}

const textIn = (value: Buffer): string => (asciiText(value, 0, value.length) ?? '').replace(/[\0 ]+$/, '').trim();

/** Text of IS, or a binary number of two or four bytes; the bytes of UN are little endian (PS3.5 6.2.2). */
const numberIn = (value: Buffer, vr: Vr, { bigEndian }: Encoding): number => {
  const big = bigEndian && vr !== 'UN';
  if (vr === 'IS') return Number.parseInt(textIn(value), 10);
  if (value.length >= 4) return big ? value.readUInt32BE(0) : value.readUInt32LE(0);
  if (value.length >= 2) return big ? value.readUInt16BE(0) : value.readUInt16LE(0);
  return Number.NaN;
};
