import { readFile, writeFile } from 'node:fs/promises';
import type { TestObject } from './test-object.js';

const PREAMBLE = 132;
const LONG_LENGTH = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

const metaElement = (number: number, vr: string, value: Buffer): Buffer => {
  const head = Buffer.alloc(LONG_LENGTH.has(vr) ? 12 : 8);
  head.writeUInt16LE(0x0002, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, 'latin1');
  if (head.length === 12) head.writeUInt32LE(value.length, 8);
  else head.writeUInt16LE(value.length, 6);
  return Buffer.concat([head, value]);
};

const uid = (text: string): Buffer => Buffer.from(text.length % 2 === 0 ? text : `${text}\0`, 'latin1');

/** Writes an object as a Part 10 file (PS3.10 7.1). */
export const writePart10 = async (path: string, object: TestObject): Promise<void> => {
  const rest = Buffer.concat([
    metaElement(0x0001, 'OB', Buffer.from([0, 1])),
    metaElement(0x0002, 'UI', uid(object.sopClassUid)),
    metaElement(0x0003, 'UI', uid(object.sopInstanceUid)),
    metaElement(0x0010, 'UI', uid(object.transferSyntaxUid)),
    metaElement(0x0012, 'UI', uid('1.2.826.0.1.3680043.8.498.9')),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(rest.length);
  const preamble = Buffer.concat([Buffer.alloc(128), Buffer.from('DICM')]);
  await writeFile(path, Buffer.concat([preamble, metaElement(0x0000, 'UL', length), rest, object.dataSet]));
};

/** Reads a Part 10 file; undefined where it is none or its group 2 is not as the standard says. */
export const readPart10 = async (path: string): Promise<TestObject | undefined> => {
  const bytes = await readFile(path);
  if (bytes.toString('latin1', 128, PREAMBLE) !== 'DICM' || bytes.readUInt32LE(PREAMBLE) !== 0x0002) return undefined;
  const end = PREAMBLE + 12 + bytes.readUInt32LE(PREAMBLE + 8);
  const uids = new Map<number, string>();
  for (let offset = PREAMBLE; offset < end;) {
    const long = LONG_LENGTH.has(bytes.toString('latin1', offset + 4, offset + 6));
    const length = long ? bytes.readUInt32LE(offset + 8) : bytes.readUInt16LE(offset + 6);
    const start = offset + (long ? 12 : 8);
    uids.set(bytes.readUInt16LE(offset + 2), bytes.toString('latin1', start, start + length).replace(/\0$/, ''));
    offset = start + length;
  }
  const [sopClassUid, sopInstanceUid, transferSyntaxUid] = [0x0002, 0x0003, 0x0010].map((number) => uids.get(number));
  if (!sopClassUid || !sopInstanceUid || !transferSyntaxUid) return undefined;
  return { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet: bytes.subarray(end) };
};
