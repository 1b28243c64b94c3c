/** An item: type, reserved byte, 16 bit length, value (PS3.8 9.3.2). */
export const encodeItem = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const value = Buffer.concat(parts);
  const head = Buffer.alloc(4);
  head.writeUInt8(type);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value]);
};

/** An item whose value is text, for example a UID: without padding (PS3.8 annex F). */
export const encodeTextItem = (type: number, text: string): Buffer => encodeItem(type, Buffer.from(text, 'latin1'));
