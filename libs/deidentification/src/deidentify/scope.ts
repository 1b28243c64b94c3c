import { characterSetOf, tagText, type CharacterSet } from '@waystation/dicom';
import type { Elements } from '../data-set/element.js';
import { asciiAt } from '../data-set/value-of.js';

const SPECIFIC_CHARACTER_SET = 0x00080005;

/** Where elements stand: at the top, or in an item. */
export interface Scope {
  /** Tags of the sequences around them, each with a point behind it; nothing at the top. */
  readonly path: string;
  readonly characterSet: CharacterSet;
  /** Whether all words are cleaned, because the standard asks for the content around them to be. */
  readonly cleaned: boolean;
}

/** Of the top of a data set. */
export const topScope = (elements: Elements): Scope => ({
  path: '',
  characterSet: characterSetOf(asciiAt(elements, SPECIFIC_CHARACTER_SET)),
  cleaned: false,
});

/** Of an item in a sequence. */
export const itemScope = (outer: Scope, sequence: number, item: Elements, cleaned: boolean): Scope => ({
  path: `${outer.path}${tagText(sequence)}.`,
  characterSet: item.some(({ tag }) => tag === SPECIFIC_CHARACTER_SET)
    ? characterSetOf(asciiAt(item, SPECIFIC_CHARACTER_SET))
    : outer.characterSet,
  cleaned: outer.cleaned || cleaned,
});
