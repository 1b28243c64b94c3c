import { dictionary, type DictionaryVr } from './dictionary-table.js';
import type { Vr } from './value-representations.js';

const PRIVATE_CREATOR: DictionaryVr = 'LO';
const SOURCE_IMAGE_IDS = 0x00203100;

const readDictionary = (): ReadonlyMap<number, DictionaryVr> => {
  const byTag = new Map<number, DictionaryVr>();
  for (const [vr, lines] of dictionary) {
    let group = 0;
    for (const word of lines.flatMap((line) => line.split(' '))) {
      const number = Number.parseInt(word, 16);
      if (word.endsWith(':')) group = number * 0x10000;
      else byTag.set(group + number, vr);
    }
  }
  return byTag;
};

let byTag: ReadonlyMap<number, DictionaryVr> | undefined;

/** Curves, overlays and variable pixel data stand in one of many groups (PS3.5 7.6), source image IDs in many elements. */
const firstOfItsKind = (tag: number): number => {
  const kind = tag >>> 24;
  if (kind === 0x50 || kind === 0x60 || (kind === 0x7f && tag >>> 16 !== 0x7fe0))
    return kind * 0x1000000 + (tag & 0xffff);
  return tag >>> 8 === SOURCE_IMAGE_IDS >>> 8 ? SOURCE_IMAGE_IDS : tag;
};

/**
 * The value representation of an element where the data set does not say it, as implicit syntaxes do not: PS3.6, and LO
 * for private creators (PS3.5 7.8.1). Undefined for other private elements and those of a later edition.
 *
 * @param signed whether pixel values are (Pixel Representation): it decides between US and SS
 */
export const elementVr = (tag: number, signed: boolean): Vr | undefined => {
  const group = tag >>> 16;
  if (group % 2 === 1) return (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff ? PRIVATE_CREATOR : undefined;
  byTag ??= readDictionary();
  const vr = byTag.get(tag) ?? byTag.get(firstOfItsKind(tag));
  if (vr === 'US/SS') return signed ? 'SS' : 'US';
  return vr;
};
