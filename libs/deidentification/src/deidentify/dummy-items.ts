import type { Elements } from '../data-set/element.js';
import { textElement } from '../data-set/value-of.js';
import { REMOVED } from './dummy-value.js';

const CONTENT_SEQUENCE = 0x0040a730;
const GRAPHIC_ANNOTATION_SEQUENCE = 0x00700001;
const GRAPHIC_LAYER = 0x00700002;
const CONCEPT_NAME_CODE_SEQUENCE = 0x0040a043;

/** Sequences whose items are codes (PS3.3 8.8): a code for what was removed stands for them. */
const codes: ReadonlySet<number> = new Set([0x00080082, 0x00401101]);

/** A code of PS3.3 table 8.8-1. */
export const codeItem = (value: string, scheme: string, meaning: string): Elements => [
  textElement(0x00080100, 'SH', value),
  textElement(0x00080102, 'SH', scheme),
  textElement(0x00080104, 'LO', meaning),
];

/** One item of text, as templates of reports allow it everywhere: PS3.3 C.17.3, and DCM 121106 of PS3.16. */
const removedContent: Elements = [
  textElement(0x0040a010, 'CS', 'CONTAINS'),
  textElement(0x0040a040, 'CS', 'TEXT'),
  {
    kind: 'sequence',
    tag: CONCEPT_NAME_CODE_SEQUENCE,
    vr: 'SQ',
    items: [codeItem('121106', 'DCM', 'Comment')],
  },
  textElement(0x0040a160, 'UT', REMOVED),
];

/**
 * The items that stand for those of a sequence with action D; undefined where the items themselves become dummies,
 * because every element of theirs that matters is in PS3.15 table E.1-1.
 */
export const dummyItems = (tag: number): readonly Elements[] | undefined => {
  if (tag === CONTENT_SEQUENCE) return [removedContent];
  if (tag === GRAPHIC_ANNOTATION_SEQUENCE) return [[textElement(GRAPHIC_LAYER, 'CS', REMOVED)]];
  return codes.has(tag) ? [codeItem(REMOVED, '99WAYSTATION', 'Removed')] : undefined;
};
