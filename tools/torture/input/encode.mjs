// PDUs of PS3.8 chapter 9 and command sets of PS3.7 chapter 6 as this program speaks them. It has an encoder of its own: what
// is tested must not say what is right.

export const CT = '1.2.840.10008.5.1.4.1.1.2';
export const VERIFICATION = '1.2.840.10008.1.1';
export const IMPLICIT = '1.2.840.10008.1.2';
export const EXPLICIT = '1.2.840.10008.1.2.1';
export const DEFLATED = '1.2.840.10008.1.2.1.99';
export const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
const IMPLEMENTATION = '2.25.1583000000000000000000000001';

export const uint16 = (value) => Buffer.from([value >>> 8, value & 0xff]);
export const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const bytesOf = (part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part);

/** @param length what its head says, if that is to be a lie */
export const pdu = (type, body, length = body.length) => Buffer.concat([Buffer.from([type, 0]), uint32(length), body]);

export const item = (type, ...parts) => {
  const body = Buffer.concat(parts.map(bytesOf));
  return Buffer.concat([Buffer.from([type, 0]), uint16(body.length), body]);
};

/** A presentation context as it is proposed (PS3.8 9.3.2.2). */
export const context = (id, abstractSyntax, ...transferSyntaxes) =>
  item(0x20, Buffer.from([id, 0, 0, 0]), item(0x30, abstractSyntax), ...transferSyntaxes.map((uid) => item(0x40, uid)));

export const maximumLength = (length) => item(0x51, uint32(length));

/** A-ASSOCIATE-RQ (PS3.8 9.3.2); every part of it can be another. */
export const associateRequest = ({
  called = 'WAYSTATION',
  calling = 'TORTURE',
  version = 1,
  application = [item(0x10, APPLICATION_CONTEXT)],
  contexts = [context(1, CT, EXPLICIT), context(3, VERIFICATION, IMPLICIT)],
  user = [maximumLength(16_384), item(0x52, IMPLEMENTATION), item(0x55, 'TORTURE')],
  more = [],
} = {}) => {
  const titles = Buffer.from(`${called.padEnd(16)}${calling.padEnd(16)}`, 'latin1');
  const head = Buffer.concat([uint16(version), Buffer.alloc(2), titles, Buffer.alloc(32)]);
  return pdu(1, Buffer.concat([head, ...application, ...contexts, ...more, item(0x50, ...user)]));
};

export const releaseRequest = () => pdu(5, Buffer.alloc(4));
export const abortRequest = () => pdu(7, Buffer.alloc(4));

const LAST = 2;
const COMMAND = 1;

/** A PDV (PS3.8 9.3.5.1). @param length what it says, if that is to be a lie */
export const pdv = (id, control, value, length = value.length + 2) =>
  Buffer.concat([uint32(length), Buffer.from([id, control]), value]);

/** P-DATA-TF with one PDV. */
export const data = (id, control, value) => pdu(4, pdv(id, control, value));

/** An element of a command set: Implicit VR Little Endian. @param length what it says, if that is to be a lie */
export const commandElement = (number, value, length = value.length) => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(length, 4);
  return Buffer.concat([head, value]);
};

export const us = (value) => Buffer.from([value & 0xff, (value >>> 8) & 0xff]);
export const ui = (uid) => Buffer.from(uid.length % 2 === 0 ? uid : `${uid}\0`, 'latin1');

/** The elements of a C-STORE-RQ (PS3.7 9.3.1.1) by number. */
export const storeElements = ({ sopClassUid, sopInstanceUid, messageId = 1 }) =>
  new Map([
    [0x0002, ui(sopClassUid)],
    [0x0100, us(0x0001)],
    [0x0110, us(messageId)],
    [0x0700, us(0)],
    [0x0800, us(0x0102)],
    [0x1000, ui(sopInstanceUid)],
  ]);

/** The elements of a C-ECHO-RQ (PS3.7 9.3.5.1) by number. */
export const echoElements = (messageId = 1) =>
  new Map([
    [0x0002, ui(VERIFICATION)],
    [0x0100, us(0x0030)],
    [0x0110, us(messageId)],
    [0x0800, us(0x0101)],
  ]);

/** A command set with its group length. */
export const commandSet = (elements) => {
  const body = Buffer.concat([...elements].map(([number, value]) => commandElement(number, value)));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([commandElement(0x0000, length), body]);
};

/** A whole command in one PDU. */
export const command = (id, elements) => data(id, COMMAND | LAST, commandSet(elements));

/** A data set in PDUs of `size` value bytes. */
export const dataPdus = (id, dataSet, size = 16_000) => {
  const pdus = [];
  for (let at = 0; at === 0 || at < dataSet.length; at += size) {
    const value = dataSet.subarray(at, at + size);
    pdus.push(data(id, at + size >= dataSet.length ? LAST : 0, value));
  }
  return pdus;
};

/** The PDUs of a whole C-STORE. */
export const store = (object, { id = 1, messageId = 1, size } = {}) => [
  command(id, storeElements({ ...object, messageId })),
  ...dataPdus(id, object.dataSet, size),
];
