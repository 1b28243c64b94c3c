import { isDicomUid, trimDicomUid } from '@waystation/kernel';
import { protocolFault } from './protocol-fault.js';

export interface Item {
  readonly type: number;
  readonly value: Buffer;
}

const ITEM_HEADER_LENGTH = 4;

/**
 * The items (type, reserved byte, 16 bit length, value) that fill `bytes`.
 * @throws CodedError `dicom-network.invalid-pdu-parameter` where a length leads past the end
 */
export const readItems = (bytes: Buffer): readonly Item[] => {
  const items: Item[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const start = offset + ITEM_HEADER_LENGTH;
    const end = start <= bytes.length ? start + bytes.readUInt16BE(offset + 2) : Infinity;
    if (end > bytes.length) {
      throw protocolFault(
        'dicom-network.invalid-pdu-parameter',
        `The item at ${offset} ends at ${end}, behind the ${bytes.length} bytes that hold it`,
      );
    }
    items.push({ type: bytes.readUInt8(offset), value: bytes.subarray(start, end) });
    offset = end;
  }
  return items;
};

/** Refuses a value that is shorter than its fixed part. */
export const requireLength = (value: Buffer, length: number, what: string): void => {
  if (value.length < length) {
    throw protocolFault(
      'dicom-network.invalid-pdu-parameter',
      `${what} has ${value.length} bytes, expected at least ${length}`,
    );
  }
};

/** The UID an item holds; trailing NUL and spaces are forgiven. */
export const readUid = (value: Buffer, what: string): string => {
  const uid = trimDicomUid(value.toString('latin1'));
  if (isDicomUid(uid)) return uid;
  throw protocolFault(
    'dicom-network.invalid-pdu-parameter',
    `${what} is ${JSON.stringify(uid.slice(0, 80))}, expected a UID`,
  );
};
