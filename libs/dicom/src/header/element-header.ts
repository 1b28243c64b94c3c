import { isVrPlaceholder, looksLikeVr, vrForms, type Vr } from '../dictionary/value-representations.js';
import type { Encoding } from './encoding.js';

/** The length of a sequence, item or encapsulated pixel data that ends with a delimiter (PS3.5 7.5). */
export const UNDEFINED_LENGTH = 0xffffffff;
/** Items and delimiters, which have no value representation in any syntax (PS3.5 7.5). */
export const ITEM = 0xfffee000;
export const ITEM_DELIMITATION = 0xfffee00d;
export const SEQUENCE_DELIMITATION = 0xfffee0dd;

const DELIMITER_GROUP = 0xfffe;
export const SHORT_HEADER = 8;
export const LONG_HEADER = 12;

/** @param bytes at least two from `at` */
export const isDelimiterAt = (bytes: Buffer, at: number, encoding: Encoding): boolean =>
  groupAt(bytes, at, encoding) === DELIMITER_GROUP;

const groupAt = (bytes: Buffer, at: number, encoding: Encoding): number =>
  encoding.bigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);

/** Tag, value representation and length of one element, PS3.5 7.1. One object is used for all elements of a data set. */
export class ElementHeader {
  tag = 0;
  /** Undefined in implicit syntaxes, for delimiters, and when what stands there is not in PS3.5 6.2. */
  vr: Vr | undefined;
  /** In bytes, or UNDEFINED_LENGTH. */
  length = 0;

  /**
   * Bytes the header takes, 8 or 12; 0 when there is no value representation where the encoding demands one.
   *
   * @param bytes at least eight from `at`
   */
  static sizeAt(bytes: Buffer, at: number, encoding: Encoding): number {
    if (!encoding.explicit || isDelimiterAt(bytes, at, encoding)) return SHORT_HEADER;
    const code = bytes.readUInt16BE(at + 4);
    const form = vrForms.get(code);
    if (form !== undefined) return form.longLength ? LONG_HEADER : SHORT_HEADER;
    if (!looksLikeVr(code)) return isVrPlaceholder(code) ? SHORT_HEADER : 0;
    // New VRs have 32-bit lengths behind two zero bytes (PS3.5 6.2.2); what is not zero there is a 16-bit length.
    return bytes.readUInt16BE(at + 6) === 0 ? LONG_HEADER : SHORT_HEADER;
  }

  /** @param size what `sizeAt` said; so many bytes must be there */
  read(bytes: Buffer, at: number, size: number, encoding: Encoding): void {
    const big = encoding.bigEndian;
    const group = groupAt(bytes, at, encoding);
    const hasVr = encoding.explicit && group !== DELIMITER_GROUP;
    const element = big ? bytes.readUInt16BE(at + 2) : bytes.readUInt16LE(at + 2);
    this.tag = group * 0x10000 + element;
    this.vr = hasVr ? vrForms.get(bytes.readUInt16BE(at + 4))?.vr : undefined;
    if (size === LONG_HEADER) this.length = big ? bytes.readUInt32BE(at + 8) : bytes.readUInt32LE(at + 8);
    else if (hasVr) this.length = big ? bytes.readUInt16BE(at + 6) : bytes.readUInt16LE(at + 6);
    else this.length = big ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
  }
}
