import { pduType } from './pdu-type.js';

/** Item length (4 bytes), presentation context id and message control header: what every PDV begins with. */
export const PDV_HEADER_LENGTH = 6;

/** Message control header, PS3.8 annex E.2. */
export const pdvControl = { command: 0x01, last: 0x02 } as const;

/** The head of a P-DATA-TF PDU that holds one PDV of `length` value bytes (PS3.8 9.3.5). */
export const encodeDataHead = (contextId: number, control: number, length: number): Buffer => {
  const head = Buffer.allocUnsafe(12);
  head.writeUInt16BE(pduType.data << 8, 0);
  head.writeUInt32BE(length + PDV_HEADER_LENGTH, 2);
  head.writeUInt32BE(length + 2, 6);
  head.writeUInt8(contextId, 10);
  head.writeUInt8(control, 11);
  return head;
};

/** Value bytes that fit into a PDU of `maximumLength`: an even number, since fragments are even (PS3.8 E.1). */
export const pdvCapacity = (maximumLength: number): number => (maximumLength - PDV_HEADER_LENGTH) & ~1;

/** A command set as P-DATA-TF PDUs no longer than `maximumLength`. */
export const encodeCommandPdus = (contextId: number, command: Buffer, maximumLength: number): Buffer => {
  const capacity = pdvCapacity(maximumLength);
  const parts: Buffer[] = [];
  for (let offset = 0; offset < command.length; offset += capacity) {
    const value = command.subarray(offset, offset + capacity);
    const last = offset + capacity >= command.length ? pdvControl.last : 0;
    parts.push(encodeDataHead(contextId, pdvControl.command | last, value.length), value);
  }
  return Buffer.concat(parts);
};
