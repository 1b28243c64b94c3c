import type { Vr } from '@waystation/dicom';
import { textElement } from '../data-set/value-of.js';
import { explicitLittleEndian } from '@waystation/dicom';
import type { Element } from '../data-set/element.js';

/** What stands for words that were taken out. */
export const REMOVED = 'REMOVED';

const texts: Partial<Readonly<Record<Vr, string>>> = {
  AE: REMOVED,
  AS: '000Y',
  CS: REMOVED,
  DA: '19000101',
  DS: '0',
  DT: '19000101000000',
  IS: '0',
  LO: REMOVED,
  LT: REMOVED,
  PN: REMOVED,
  SH: REMOVED,
  ST: REMOVED,
  TM: '000000',
  UC: REMOVED,
  UR: 'urn:removed',
  UT: REMOVED,
};

const numberBytes: Partial<Readonly<Record<Vr, number>>> = { FD: 8, FL: 4, OD: 8, OF: 4, OL: 4, OV: 8, SL: 4, SV: 8, UL: 4, UV: 8, AT: 4 }; // prettier-ignore

/** An element that says nothing, with a value as its representation asks for (PS3.5 6.2). */
export const dummyElement = (tag: number, vr: Vr): Element => {
  const text = texts[vr];
  if (text !== undefined) return textElement(tag, vr, text);
  return { kind: 'value', tag, vr, value: Buffer.alloc(numberBytes[vr] ?? 2), encoding: explicitLittleEndian };
};

/** An element without a value. */
export const emptyElement = (tag: number, vr: Vr): Element =>
  vr === 'SQ'
    ? { kind: 'sequence', tag, vr, items: [] }
    : { kind: 'value', tag, vr, value: Buffer.alloc(0), encoding: explicitLittleEndian };
