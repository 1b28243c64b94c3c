import { deflateRawSync } from 'node:zlib';

/** An object for tests: its data set bytes, and what a Part 10 file or a C-STORE says of it. */
export interface TestObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Buffer;
}

export const syntax = {
  implicitLittle: '1.2.840.10008.1.2',
  explicitLittle: '1.2.840.10008.1.2.1',
  explicitBig: '1.2.840.10008.1.2.2',
  deflated: '1.2.840.10008.1.2.1.99',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
  rle: '1.2.840.10008.1.2.5',
} as const;

export const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';
export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';

/** Padded as PS3.5 A.5 wants it. */
export const even = (bytes: Buffer): Buffer =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);

const LONG_LENGTH = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

const element = (transferSyntax: string, group: number, number: number, vr: string, value: Buffer): Buffer => {
  const big = transferSyntax === syntax.explicitBig;
  const implicit = transferSyntax === syntax.implicitLittle;
  const short = !implicit && !LONG_LENGTH.has(vr);
  const head = Buffer.alloc(implicit || short ? 8 : 12);
  const write16 = (number16: number, at: number) =>
    big ? head.writeUInt16BE(number16, at) : head.writeUInt16LE(number16, at);
  const write32 = (number32: number, at: number) =>
    big ? head.writeUInt32BE(number32, at) : head.writeUInt32LE(number32, at);
  write16(group, 0);
  write16(number, 2);
  if (!implicit) head.write(vr, 4, 'latin1');
  if (short) write16(value.length, 6);
  else write32(value.length, head.length - 4);
  return Buffer.concat([head, value]);
};

const text = (value: string, padding = ' '): Buffer =>
  Buffer.from(value.length % 2 === 0 ? value : value + padding, 'latin1');

const item = (number: number, value: Buffer): Buffer => element(syntax.implicitLittle, 0xfffe, number, '', value);

const pixelData = (transferSyntax: string, bytes: Buffer): Buffer => {
  const native = [syntax.implicitLittle, syntax.explicitLittle, syntax.explicitBig, syntax.deflated] as string[];
  if (native.includes(transferSyntax)) return element(transferSyntax, 0x7fe0, 0x0010, 'OW', bytes);
  const head = element(transferSyntax, 0x7fe0, 0x0010, 'OB', Buffer.alloc(0));
  head.writeUInt32LE(0xffffffff, 8);
  return Buffer.concat([head, item(0xe000, Buffer.alloc(0)), item(0xe000, bytes), item(0xe0dd, Buffer.alloc(0))]);
};

let made = 0;

/** Makes a small, valid object with `pixelBytes` of pixel data (a multiple of 128), one that no other call makes. */
export const makeObject = (
  transferSyntaxUid: string,
  pixelBytes = 32_768,
  sopClassUid = SECONDARY_CAPTURE,
): TestObject => {
  made += 1;
  const sopInstanceUid = `1.2.826.0.1.3680043.8.498.${process.pid}.${Date.now()}.${made}`;
  const encoding = transferSyntaxUid === syntax.deflated ? syntax.explicitLittle : transferSyntaxUid;
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    if (encoding === syntax.explicitBig) bytes.writeUInt16BE(value);
    else bytes.writeUInt16LE(value);
    return bytes;
  };
  const add = (group: number, element16: number, vr: string, value: Buffer) =>
    element(encoding, group, element16, vr, value);
  const columns = pixelBytes > 4_194_304 ? 2_048 : 128;
  const pixels = Buffer.alloc(pixelBytes, Buffer.from(`pixels of object ${made} ..`));
  const plain = Buffer.concat([
    add(0x0008, 0x0016, 'UI', text(sopClassUid, '\0')),
    add(0x0008, 0x0018, 'UI', text(sopInstanceUid, '\0')),
    add(0x0008, 0x0060, 'CS', text('OT')),
    add(0x0010, 0x0010, 'PN', text('Test^Object')),
    add(0x0010, 0x0020, 'LO', text(`ID${made}`)),
    add(0x0020, 0x000d, 'UI', text('1.2.826.0.1.3680043.8.498.1', '\0')),
    add(0x0020, 0x000e, 'UI', text('1.2.826.0.1.3680043.8.498.2', '\0')),
    add(0x0028, 0x0002, 'US', number(1)),
    add(0x0028, 0x0004, 'CS', text('MONOCHROME2')),
    add(0x0028, 0x0010, 'US', number(pixelBytes / columns)),
    add(0x0028, 0x0011, 'US', number(columns)),
    add(0x0028, 0x0100, 'US', number(8)),
    add(0x0028, 0x0101, 'US', number(8)),
    add(0x0028, 0x0102, 'US', number(7)),
    add(0x0028, 0x0103, 'US', number(0)),
    pixelData(encoding, pixels),
  ]);
  const deflated = transferSyntaxUid === syntax.deflated;
  return { sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet: deflated ? even(deflateRawSync(plain)) : plain };
};
