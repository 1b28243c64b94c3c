import { numericVrs, type NumericVr } from './numeric-vrs.js';

/**
 * Binary numbers as text, several joined by a backslash like values that are text from the start (PS3.5 6.4). A tag
 * (AT) is eight hexadecimal digits. Bytes behind the last whole number are not looked at.
 */
export const numbersText = (source: Buffer, start: number, end: number, vr: NumericVr, bigEndian: boolean): string => {
  const size = numericVrs[vr];
  let text = '';
  for (let at = start; at + size <= end; at += size) {
    text += (at > start ? '\\' : '') + numberText(source, at, vr, bigEndian);
  }
  return text;
};

const numberText = (source: Buffer, at: number, vr: NumericVr, big: boolean): string => {
  switch (vr) {
    case 'US':
      return String(big ? source.readUInt16BE(at) : source.readUInt16LE(at));
    case 'SS':
      return String(big ? source.readInt16BE(at) : source.readInt16LE(at));
    case 'UL':
      return String(big ? source.readUInt32BE(at) : source.readUInt32LE(at));
    case 'SL':
      return String(big ? source.readInt32BE(at) : source.readInt32LE(at));
    case 'FL':
      return floatText(big ? source.readFloatBE(at) : source.readFloatLE(at));
    case 'FD':
      return String(big ? source.readDoubleBE(at) : source.readDoubleLE(at));
    case 'UV':
      return String(big ? source.readBigUInt64BE(at) : source.readBigUInt64LE(at));
    case 'SV':
      return String(big ? source.readBigInt64BE(at) : source.readBigInt64LE(at));
    case 'AT':
      return hexadecimal(source, at, big) + hexadecimal(source, at + 2, big);
  }
};

const hexadecimal = (source: Buffer, at: number, big: boolean): string =>
  (big ? source.readUInt16BE(at) : source.readUInt16LE(at)).toString(16).toUpperCase().padStart(4, '0');

/** The shortest text that reads back as the same 32-bit number: 0.1, not 0.10000000149011612. */
const floatText = (value: number): string => {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
};
