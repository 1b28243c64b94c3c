/** PDU types, PS3.8 9.3.1. */
export const pduType = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseResponse: 0x06,
  abort: 0x07,
} as const;

export type PduType = (typeof pduType)[keyof typeof pduType];

const known = new Set<number>(Object.values(pduType));

export const isPduType = (type: number): type is PduType => known.has(type);

/** Type, reserved byte and length: what every PDU begins with. */
export const PDU_HEADER_LENGTH = 6;
