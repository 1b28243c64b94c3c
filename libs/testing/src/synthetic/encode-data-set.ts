import { transferSyntaxes, type Vr } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import { deflateRawSync } from 'node:zlib';
import type { SyntheticElement } from './synthetic-element.js';

interface Form {
  readonly explicit: boolean;
  readonly bigEndian: boolean;
  readonly hasLength: () => boolean;
}

/** PS3.5 table 7.1-1. */
// prettier-ignore
const longLength: ReadonlySet<Vr> = new Set<Vr>([
  'OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV',
]);

const UNDEFINED_LENGTH = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_DELIMITATION = 0xfffee00d;
const SEQUENCE_DELIMITATION = 0xfffee0dd;
const PIXEL_DATA = 0x7fe00010;

/**
 * Writes a data set in a transfer syntax (PS3.5 chapters 7 and 10), elements in the order given; pixel data becomes one
 * fragment behind an empty offset table where the syntax encapsulates.
 *
 * @param hasLength asked for every sequence and item whether it says how long it is; if not given, none does
 */
export const encodeDataSet = (
  elements: readonly SyntheticElement[],
  transferSyntaxUid: string,
  hasLength: () => boolean = () => false,
): Buffer => {
  const syntax = transferSyntaxes.get(transferSyntaxUid);
  if (syntax === undefined) {
    throw new CodedError('testing.transfer-syntax-unknown', `transfer syntax ${transferSyntaxUid} is not in PS3.6`);
  }
  const form = { ...syntax, hasLength };
  const parts = elements.map((element) =>
    syntax.encapsulated && element.tag === PIXEL_DATA ? encapsulated(element) : encodeElement(element, form),
  );
  const bytes = Buffer.concat(parts);
  return syntax.deflated ? padded(deflateRawSync(bytes)) : bytes;
};

const encodeElement = (element: SyntheticElement, form: Form): Buffer => {
  const { tag, vr, value } = element;
  if (typeof value === 'number') return Buffer.concat([elementHeader(tag, vr, 2, form), uint16(value, form)]);
  if (Buffer.isBuffer(value)) {
    const even = padded(value, vr === 'UI' || vr.startsWith('O') || vr === 'UN' ? 0x00 : 0x20);
    return Buffer.concat([elementHeader(tag, vr, even.length, form), even]);
  }
  const items = Buffer.concat(value.map((item) => encodeItem(item, form)));
  return form.hasLength()
    ? Buffer.concat([elementHeader(tag, vr, items.length, form), items])
    : Buffer.concat([elementHeader(tag, vr, UNDEFINED_LENGTH, form), items, delimiter(SEQUENCE_DELIMITATION, 0, form)]);
};

const encodeItem = (elements: readonly SyntheticElement[], form: Form): Buffer => {
  const inner = Buffer.concat(elements.map((element) => encodeElement(element, form)));
  return form.hasLength()
    ? Buffer.concat([delimiter(ITEM, inner.length, form), inner])
    : Buffer.concat([delimiter(ITEM, UNDEFINED_LENGTH, form), inner, delimiter(ITEM_DELIMITATION, 0, form)]);
};

/** PS3.5 A.4. */
const encapsulated = ({ tag, value }: SyntheticElement): Buffer => {
  const form = { explicit: true, bigEndian: false, hasLength: () => false };
  const fragment = Buffer.isBuffer(value) ? padded(value) : Buffer.alloc(0);
  return Buffer.concat([
    elementHeader(tag, 'OB', UNDEFINED_LENGTH, form),
    delimiter(ITEM, 0, form),
    delimiter(ITEM, fragment.length, form),
    fragment,
    delimiter(SEQUENCE_DELIMITATION, 0, form),
  ]);
};

const elementHeader = (tag: number, vr: Vr, length: number, form: Form): Buffer => {
  if (!form.explicit) return delimiter(tag, length, form);
  const long = longLength.has(vr);
  const header = Buffer.alloc(long ? 12 : 8);
  writeTag(header, tag, form);
  header.write(vr, 4, 'latin1');
  if (long) writeUInt32(header, length, 8, form);
  else uint16(length, form).copy(header, 6);
  return header;
};

/** Tag and 32-bit length: delimiters in every syntax, elements in an implicit one (PS3.5 7.1.3). */
const delimiter = (tag: number, length: number, form: Form): Buffer => {
  const header = Buffer.alloc(8);
  writeTag(header, tag, form);
  writeUInt32(header, length, 4, form);
  return header;
};

const writeTag = (target: Buffer, tag: number, { bigEndian }: Form): void => {
  const group = Math.floor(tag / 0x10000);
  const element = tag % 0x10000;
  if (bigEndian) target.writeUInt16BE(element, target.writeUInt16BE(group, 0));
  else target.writeUInt16LE(element, target.writeUInt16LE(group, 0));
};

const uint16 = (value: number, { bigEndian }: Form): Buffer => {
  const bytes = Buffer.alloc(2);
  if (bigEndian) bytes.writeUInt16BE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
};

const writeUInt32 = (target: Buffer, value: number, at: number, { bigEndian }: Form): void => {
  if (bigEndian) target.writeUInt32BE(value, at);
  else target.writeUInt32LE(value, at);
};

const padded = (bytes: Buffer, padding = 0x00): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([padding])]);
