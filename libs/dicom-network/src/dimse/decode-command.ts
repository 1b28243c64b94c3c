import { trimAeTitle, trimDicomUid } from '@waystation/kernel';
import { protocolFault } from '../pdu/protocol-fault.js';
import { type CommandElement, commandElements, type CommandSet, NO_DATA_SET } from './command-set.js';

const ELEMENT_HEAD_LENGTH = 8;
const byElement = new Map<number, CommandElement>(commandElements.map((known) => [known.element, known]));

const malformed = (message: string) => protocolFault('dicom-network.invalid-pdu-parameter', message);

const readValue = ({ keyword, kind }: CommandElement, value: Buffer): string | number => {
  if (kind === 'US') {
    if (value.length === 2) return value.readUInt16LE(0);
    throw malformed(`Command element ${keyword} has ${value.length} bytes, expected 2`);
  }
  const text = value.toString('latin1');
  switch (kind) {
    case 'UI':
      return trimDicomUid(text);
    case 'AE':
      return trimAeTitle(text);
    case 'LO':
      return text.replace(/[\0 ]+$/, '');
  }
};

const readElements = (bytes: Buffer): Readonly<Partial<Record<CommandElement['keyword'], string | number>>> => {
  const values: Partial<Record<CommandElement['keyword'], string | number>> = {};
  for (let offset = 0; offset < bytes.length;) {
    const start = offset + ELEMENT_HEAD_LENGTH;
    const end = start <= bytes.length ? start + bytes.readUInt32LE(offset + 4) : Infinity;
    if (end > bytes.length || bytes.readUInt16LE(offset) !== 0x0000) {
      throw malformed(`The command set of ${bytes.length} bytes is broken at ${offset}, expected group 0000 elements`);
    }
    const known = byElement.get(bytes.readUInt16LE(offset + 2));
    if (known !== undefined) values[known.keyword] = readValue(known, bytes.subarray(start, end));
    offset = end;
  }
  return values;
};

/**
 * Reads a command set: implicit VR little endian, group 0000 only. Elements that are not known are skipped, and the group
 * length is not relied on.
 * @throws CodedError `dicom-network.invalid-pdu-parameter`
 */
export const decodeCommand = (bytes: Buffer): CommandSet => {
  const { dataSetType, commandField, ...rest } = readElements(bytes);
  if (typeof commandField !== 'number' || typeof dataSetType !== 'number') {
    throw malformed('A command set has no Command Field (0000,0100) or no Command Data Set Type (0000,0800)');
  }
  // The kind of each element, and so the type of its value, is in `commandElements`.
  return { ...(rest as Partial<CommandSet>), commandField, hasDataSet: dataSetType !== NO_DATA_SET };
};
