// The few PDUs and commands of PS3.8 chapter 9 and PS3.7 chapter 9 that a sender of C-STOREs needs.

const IMPLEMENTATION = '2.25.1583000000000000000000000000';
const APPLICATION_CONTEXT = '1.2.840.10008.3.1.1.1';
const UNLIMITED = 131_072;

export const CONTEXT_ID = 1;
export const pduTypes = { accept: 2, data: 4, releaseRequest: 5, releaseResponse: 6 };

const pdu = (type, body) => {
  const head = Buffer.from([type, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
};

const item = (type, ...parts) => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const head = Buffer.from([type, 0, 0, 0]);
  head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, body]);
};

const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A-ASSOCIATE-RQ with one presentation context (PS3.8 9.3.2). */
export const associateRequest = ({ calledAeTitle, sopClassUid, transferSyntaxUid }) => {
  const titles = `${calledAeTitle.padEnd(16)}${'BENCH'.padEnd(16)}`;
  const context = [Buffer.from([CONTEXT_ID, 0, 0, 0]), item(0x30, sopClassUid), item(0x40, transferSyntaxUid)];
  const user = [item(0x51, uint32(UNLIMITED)), item(0x52, IMPLEMENTATION), item(0x55, 'BENCH')];
  const head = Buffer.concat([Buffer.from([0, 1, 0, 0]), Buffer.from(titles), Buffer.alloc(32)]);
  return pdu(1, Buffer.concat([head, item(0x10, APPLICATION_CONTEXT), item(0x20, ...context), item(0x50, ...user)]));
};

export const releaseRequest = () => pdu(pduTypes.releaseRequest, Buffer.alloc(4));

/** The longest P-DATA-TF that the peer takes, out of the body of its A-ASSOCIATE-AC. Throws where the context was refused. */
export function maximumLengthOf(accept) {
  let maximum = 0;
  for (let at = 68; at < accept.length;) {
    const [type, length] = [accept[at], accept.readUInt16BE(at + 2)];
    if (type === 0x21 && accept[at + 6] !== 0) throw new Error(`presentation context refused: ${accept[at + 6]}`);
    if (type === 0x50) {
      for (let inner = at + 4; inner < at + 4 + length; inner += 4 + accept.readUInt16BE(inner + 2)) {
        if (accept[inner] === 0x51) maximum = accept.readUInt32BE(inner + 4);
      }
    }
    at += 4 + length;
  }
  return maximum === 0 ? UNLIMITED : Math.min(maximum, UNLIMITED);
}

const element = (number, value) => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
};

const uint16 = (value) => Buffer.from([value & 0xff, value >> 8]);
const uid = (value) => Buffer.from(value.length % 2 === 0 ? value : `${value}\0`);

/** C-STORE-RQ (PS3.7 9.3.1.1) in a PDU of its own. */
export function storeRequest(sopClassUid, sopInstanceUid) {
  const elements = Buffer.concat([
    element(0x0002, uid(sopClassUid)),
    element(0x0100, uint16(0x0001)),
    element(0x0110, uint16(1)),
    element(0x0700, uint16(0)),
    element(0x0800, uint16(0)),
    element(0x1000, uid(sopInstanceUid)),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(elements.length);
  const command = Buffer.concat([element(0x0000, length), elements]);
  return pdu(pduTypes.data, Buffer.concat([pdvHeader(command.length, 0x03), command]));
}

const pdvHeader = (length, control) => Buffer.concat([uint32(length + 2), Buffer.from([CONTEXT_ID, control])]);

/** The data set as P-DATA-TFs of at most `maximum` bytes, all in one piece of memory. */
export function dataPdus(parts, maximum) {
  const room = maximum - 6;
  const total = parts.reduce((sum, { length }) => sum + length, 0);
  const target = Buffer.allocUnsafeSlow(total + Math.ceil(total / room) * 12);
  let at = 0;
  let left = total;
  let free = 0;
  for (const part of parts) {
    for (let taken = 0; taken < part.length;) {
      if (free === 0) {
        free = Math.min(room, left);
        const head = Buffer.concat([Buffer.from([pduTypes.data, 0]), uint32(free + 6)]);
        at += head.copy(target, at);
        at += pdvHeader(free, free === left ? 0x02 : 0x00).copy(target, at);
      }
      const copied = part.copy(target, at, taken, Math.min(part.length, taken + free));
      at += copied;
      taken += copied;
      free -= copied;
      left -= copied;
    }
  }
  return target;
}

/** Status of a C-STORE-RSP (0000,0900), out of the body of its P-DATA-TF. */
export function statusOf(body) {
  for (let at = 6; at < body.length; at += 8 + body.readUInt32LE(at + 4)) {
    if (body.readUInt16LE(at + 2) === 0x0900) return body.readUInt16LE(at + 8);
  }
  throw new Error('a response without a status came');
}
