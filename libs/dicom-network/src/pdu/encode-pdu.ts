import { PDU_HEADER_LENGTH, type PduType } from './pdu-type.js';

/** A whole PDU: type, reserved byte, 32 bit length, body. */
export const encodePdu = (type: PduType, ...parts: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(PDU_HEADER_LENGTH);
  head.writeUInt8(type);
  head.writeUInt32BE(
    parts.reduce((sum, part) => sum + part.length, 0),
    2,
  );
  return Buffer.concat([head, ...parts]);
};
