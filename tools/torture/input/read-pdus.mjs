/** The whole PDUs that bytes begin with, and behind them what there is of the next: `{ type, body }` each. */
export function readPdus(bytes) {
  const pdus = [];
  for (let at = 0; at + 6 <= bytes.length;) {
    const end = at + 6 + bytes.readUInt32BE(at + 2);
    pdus.push({ type: bytes[at], body: bytes.subarray(at + 6, end) });
    at = end;
  }
  return pdus;
}

/** The elements of a command set by number, as far as it can be read. */
export function readCommand(bytes) {
  const elements = new Map();
  for (let at = 0; at + 8 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32LE(at + 4);
    if (end > bytes.length) break;
    if (bytes.readUInt16LE(at) === 0) elements.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 8, end));
    at = end;
  }
  return elements;
}

export const numberIn = (elements, number) => {
  const value = elements.get(number);
  return value?.length === 2 ? value.readUInt16LE(0) : undefined;
};

export const textIn = (elements, number) =>
  (elements.get(number) ?? Buffer.alloc(0)).toString('latin1').replace(/[\0 ]+$/, '');

/** The PDVs of the body of a P-DATA-TF, as far as they can be read. */
export function readPdvs(body) {
  const pdvs = [];
  for (let at = 0; at + 6 <= body.length;) {
    const end = at + 4 + body.readUInt32BE(at);
    if (end > body.length || end < at + 6) break;
    pdvs.push({ id: body[at + 4], control: body[at + 5], value: body.subarray(at + 6, end) });
    at = end;
  }
  return pdvs;
}
