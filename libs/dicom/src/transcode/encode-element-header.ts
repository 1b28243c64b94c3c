import { vrForms, type Vr } from '../dictionary/value-representations.js';
import { LONG_HEADER, SHORT_HEADER } from '../header/element-header.js';
import type { Encoding } from '../header/encoding.js';

const LONGEST_SHORT_VALUE = 0xffff;

const codeOf = (vr: Vr): number => (vr.charCodeAt(0) << 8) | vr.charCodeAt(1);
const hasLongForm = (vr: Vr): boolean => vrForms.get(codeOf(vr))?.longLength === true;

/** How a value is written that is too long for the 16-bit length of its representation: as UN (PS3.5 6.2.2). */
export const fittingVr = (vr: Vr, length: number): Vr => (length > LONGEST_SHORT_VALUE && !hasLongForm(vr) ? 'UN' : vr);

const writeTag = (header: Buffer, tag: number, { bigEndian }: Encoding): void => {
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (bigEndian) {
    header.writeUInt16BE(group, 0);
    header.writeUInt16BE(element, 2);
  } else {
    header.writeUInt16LE(group, 0);
    header.writeUInt16LE(element, 2);
  }
};

const writeLength = (header: Buffer, length: number, { bigEndian }: Encoding): void => {
  const at = header.length - 4;
  if (bigEndian) header.writeUInt32BE(length, at);
  else header.writeUInt32LE(length, at);
};

/** The header of an item or delimiter, which has no value representation in any syntax (PS3.5 7.5). */
export const encodeItemHeader = (tag: number, length: number, encoding: Encoding): Buffer => {
  const header = Buffer.alloc(SHORT_HEADER);
  writeTag(header, tag, encoding);
  writeLength(header, length, encoding);
  return header;
};

/**
 * Tag, value representation and length of one element, PS3.5 7.1.
 * @param vr one that fits the length
 */
export const encodeElementHeader = (tag: number, vr: Vr, length: number, encoding: Encoding): Buffer => {
  if (!encoding.explicit) return encodeItemHeader(tag, length, encoding);
  const long = hasLongForm(vr);
  const header = Buffer.alloc(long ? LONG_HEADER : SHORT_HEADER);
  writeTag(header, tag, encoding);
  header.writeUInt16BE(codeOf(vr), 4);
  if (long) writeLength(header, length, encoding);
  else if (encoding.bigEndian) header.writeUInt16BE(length, 6);
  else header.writeUInt16LE(length, 6);
  return header;
};
