import { type CommandElement, commandElements, type CommandSet, DATA_SET_FOLLOWS, NO_DATA_SET } from './command-set.js';

const encodeElement = (element: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(element, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
};

const encodeText = (text: string, padding: string): Buffer =>
  Buffer.from(text.length % 2 === 0 ? text : text + padding, 'latin1');

const encodeValue = (kind: CommandElement['kind'], value: string | number): Buffer => {
  if (typeof value === 'string') return encodeText(value, kind === 'UI' ? '\0' : ' ');
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const valueOf = (command: CommandSet, keyword: CommandElement['keyword']): string | number | undefined =>
  keyword === 'dataSetType' ? (command.hasDataSet ? DATA_SET_FOLLOWS : NO_DATA_SET) : command[keyword];

/** A command set in implicit VR little endian, led by its group length (PS3.7 6.3.1). */
export const encodeCommand = (command: CommandSet): Buffer => {
  const elements = commandElements.flatMap(({ element, keyword, kind }) => {
    const value = valueOf(command, keyword);
    return value === undefined ? [] : [encodeElement(element, encodeValue(kind, value))];
  });
  const body = Buffer.concat(elements);
  const groupLength = Buffer.alloc(4);
  groupLength.writeUInt32LE(body.length);
  return Buffer.concat([encodeElement(0x0000, groupLength), body]);
};
