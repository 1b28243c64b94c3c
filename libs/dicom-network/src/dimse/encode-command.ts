import { type CommandElement, commandElements, type CommandSet, DATA_SET_FOLLOWS, NO_DATA_SET } from './command-set.js';

const ELEMENT_HEAD_LENGTH = 8;
const GROUP_LENGTH_LENGTH = ELEMENT_HEAD_LENGTH + 4;

type Value = readonly [element: number, value: string | number];

const valueOf = (command: CommandSet, { keyword, kind }: CommandElement): string | number | undefined => {
  const value = keyword === 'dataSetType' ? (command.hasDataSet ? DATA_SET_FOLLOWS : NO_DATA_SET) : command[keyword];
  if (typeof value !== 'string' || value.length % 2 === 0) return value;
  return value + (kind === 'UI' ? '\0' : ' ');
};

const lengthOf = (value: string | number): number => (typeof value === 'string' ? value.length : 2);

/** Writes an element; gives where the next one begins. */
const writeElement = (bytes: Buffer, offset: number, [element, value]: Value): number => {
  const start = offset + ELEMENT_HEAD_LENGTH;
  bytes.writeUInt16LE(0x0000, offset);
  bytes.writeUInt16LE(element, offset + 2);
  bytes.writeUInt32LE(lengthOf(value), offset + 4);
  if (typeof value === 'string') return start + bytes.write(value, start, 'latin1');
  return bytes.writeUInt16LE(value, start);
};

/** A command set in implicit VR little endian, led by its group length (PS3.7 6.3.1). */
export const encodeCommand = (command: CommandSet): Buffer => {
  const values: Value[] = [];
  let length = 0;
  for (const known of commandElements) {
    const value = valueOf(command, known);
    if (value === undefined) continue;
    values.push([known.element, value]);
    length += ELEMENT_HEAD_LENGTH + lengthOf(value);
  }
  const bytes = Buffer.alloc(GROUP_LENGTH_LENGTH + length);
  bytes.writeUInt32LE(4, 4);
  bytes.writeUInt32LE(length, ELEMENT_HEAD_LENGTH);
  let offset = GROUP_LENGTH_LENGTH;
  for (const value of values) offset = writeElement(bytes, offset, value);
  return bytes;
};
