import { CodedError, trimDicomUid } from '@waystation/kernel';
import { tagText } from '../dictionary/tag-text.js';
import { ElementHeader, SHORT_HEADER } from '../header/element-header.js';
import { explicitLittleEndian, implicitLittleEndian } from '../header/encoding.js';

export interface FileMeta {
  /** Undefined when the file does not say; the data set does. */
  readonly sopClassUid: string | undefined;
  readonly sopInstanceUid: string | undefined;
  readonly transferSyntaxUid: string;
  /** Where in the file the data set begins. */
  readonly dataSetOffset: number;
}

const PREAMBLE_BYTES = 128;
const MAGIC = 'DICM';
const META_GROUP = 0x0002;
const GROUP_LENGTH = 0x00020000;
const SOP_CLASS = 0x00020002;
const SOP_INSTANCE = 0x00020003;
const TRANSFER_SYNTAX = 0x00020010;
/** No UID is nearly as long. */
const PLAUSIBLE_LENGTH = 0x1000;

/**
 * Reads the file meta information at the beginning of a Part 10 file (PS3.10 7.1). It ends where its group length says,
 * if the transfer syntax came by then and an element ends there, else where another group begins. A missing preamble,
 * a wrong or missing group length, and elements with a damaged value representation are tolerated.
 *
 * @param bytes the file, or as much of its beginning as holds the file meta information
 * @throws `dicom.not-a-file` when it does not begin like a file, `dicom.truncated` when the bytes end within the file
 *   meta information, `dicom.malformed` when there is no transfer syntax
 */
export const readFileMeta = (bytes: Buffer): FileMeta => {
  const values = new Map<number, Buffer>();
  const header = new ElementHeader();
  let at = startOf(bytes);
  let end = bytes.length;
  while (hasMetaElement(bytes, at) && !(at === end && values.has(TRANSFER_SYNTAX))) {
    at += readElementHeader(bytes, at, header);
    const { tag, length } = header;
    if (at + length > bytes.length) throw truncatedAt(bytes.length, tag);
    const value = bytes.subarray(at, at + length);
    if (!values.has(tag)) values.set(tag, value);
    at += length;
    if (tag === GROUP_LENGTH && length === 4) end = at + value.readUInt32LE();
  }
  const uid = (tag: number): string | undefined => uidText(values.get(tag));
  const transferSyntaxUid = uid(TRANSFER_SYNTAX);
  if (transferSyntaxUid === undefined) throw withoutTransferSyntax(at);
  return { sopClassUid: uid(SOP_CLASS), sopInstanceUid: uid(SOP_INSTANCE), transferSyntaxUid, dataSetOffset: at };
};

const startOf = (bytes: Buffer): number => {
  if (bytes.toString('latin1', PREAMBLE_BYTES, PREAMBLE_BYTES + 4) === MAGIC) return PREAMBLE_BYTES + 4;
  if (bytes.toString('latin1', 0, 4) === MAGIC) return 4;
  if (hasMetaElement(bytes, 0)) return 0;
  throw new CodedError(
    'dicom.not-a-file',
    `${bytes.length} bytes have no DICM at byte ${PREAMBLE_BYTES} and no file meta information`,
  );
};

const hasMetaElement = (bytes: Buffer, at: number): boolean =>
  at + 2 <= bytes.length && bytes.readUInt16LE(at) === META_GROUP;

/** The size of the header. Where no value representation stands, the length is 32 bits if that makes sense, else 16. */
const readElementHeader = (bytes: Buffer, at: number, header: ElementHeader): number => {
  if (at + SHORT_HEADER > bytes.length) throw truncatedAt(bytes.length);
  const size = ElementHeader.sizeAt(bytes, at, explicitLittleEndian);
  if (at + size > bytes.length) throw truncatedAt(bytes.length);
  const implicit = size === 0 && bytes.readUInt32LE(at + 4) <= PLAUSIBLE_LENGTH;
  header.read(bytes, at, size || SHORT_HEADER, implicit ? implicitLittleEndian : explicitLittleEndian);
  return size || SHORT_HEADER;
};

const uidText = (value: Buffer | undefined): string | undefined =>
  value === undefined || value.length > PLAUSIBLE_LENGTH
    ? undefined
    : trimDicomUid(value.toString('latin1')) || undefined;

const truncatedAt = (length: number, tag?: number): CodedError =>
  new CodedError(
    'dicom.truncated',
    `file meta information does not end within ${length} bytes${tag === undefined ? '' : `: element ${tagText(tag)} is longer`}`,
    { details: { offset: length } },
  );

const withoutTransferSyntax = (offset: number): CodedError =>
  new CodedError('dicom.malformed', `file meta information up to byte ${offset} has no transfer syntax (0002,0010)`, {
    details: { offset },
  });
