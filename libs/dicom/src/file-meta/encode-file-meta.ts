import { CodedError, IMPLEMENTATION_CLASS_UID } from '@waystation/kernel';
import type { Vr } from '../dictionary/value-representations.js';

/** Names the form of the files (PS3.10 7.1). Never to change: files are compared by their bytes. At most 16 characters (PS3.7 D.3.3.2.3). */
export const IMPLEMENTATION_VERSION_NAME = 'WAYSTATION_1';

export interface FileMetaUids {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
}

const PREAMBLE_BYTES = 128;
const LONGEST_VALUE = 0xfffe;

/**
 * What stands before the data set in a Part 10 file: an empty preamble, `DICM`, and the file meta information of
 * PS3.10 table 7.1-1, explicit VR little endian. The same three UIDs always give the same bytes. The UIDs are written
 * as they are, valid or not; throws `dicom.limit-exceeded` for one that no element can hold.
 */
export const encodeFileMeta = (uids: FileMetaUids): Buffer => {
  const elements = Buffer.concat([
    element(0x0001, 'OB', Buffer.from([0, 1])),
    element(0x0002, 'UI', uidValue(uids.sopClassUid)),
    element(0x0003, 'UI', uidValue(uids.sopInstanceUid)),
    element(0x0010, 'UI', uidValue(uids.transferSyntaxUid)),
    element(0x0012, 'UI', uidValue(IMPLEMENTATION_CLASS_UID)),
    element(0x0013, 'SH', Buffer.from(IMPLEMENTATION_VERSION_NAME, 'latin1')),
  ]);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(elements.length);
  const start = Buffer.alloc(PREAMBLE_BYTES + 4);
  start.write('DICM', PREAMBLE_BYTES, 'latin1');
  return Buffer.concat([start, element(0x0000, 'UL', groupLength), elements]);
};

/** UI values are padded to an even length by one NUL (PS3.5 9.4). */
const uidValue = (uid: string): Buffer => {
  const bytes = Buffer.from(uid, 'latin1');
  if (bytes.length > LONGEST_VALUE) {
    throw new CodedError('dicom.limit-exceeded', `UID of ${bytes.length} characters, expected at most 64`);
  }
  return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
};

const element = (number: number, vr: Vr, value: Buffer): Buffer => {
  const long = vr === 'OB';
  const header = Buffer.alloc(long ? 12 : 8);
  header.writeUInt16LE(0x0002, 0);
  header.writeUInt16LE(number, 2);
  header.write(vr, 4, 'latin1');
  if (long) header.writeUInt32LE(value.length, 8);
  else header.writeUInt16LE(value.length, 6);
  return Buffer.concat([header, value]);
};
