import { describe, expect, it } from 'vitest';
import { encodeFileMeta } from './encode-file-meta.js';

const uids = {
  sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
  sopInstanceUid: '1.2.3.4',
  transferSyntaxUid: '1.2.840.10008.1.2.1',
};

describe('file meta information', () => {
  it('is these bytes, today and in ten years', () => {
    const meta = encodeFileMeta(uids);
    expect(meta.subarray(0, 128).equals(Buffer.alloc(128))).toBe(true);
    expect(meta.toString('latin1', 128, 132)).toBe('DICM');
    expect(
      meta
        .subarray(132)
        .toString('hex')
        .match(/.{1,64}/g),
    ).toMatchInlineSnapshot(`
      [
        "02000000554c0400a4000000020001004f420000020000000001020002005549",
        "1a00312e322e3834302e31303030382e352e312e342e312e312e320002000300",
        "55490800312e322e332e34000200100055491400312e322e3834302e31303030",
        "382e312e322e31000200120055492c00322e32352e3134363934343937353435",
        "3734383430363239393338353732353138353237343334373033323502001300",
        "53480c0057415953544154494f4e5f31",
      ]
    `);
  });

  it('gives the length of its group', () => {
    const meta = encodeFileMeta(uids);
    expect(meta.readUInt32LE(132 + 8)).toBe(meta.length - 132 - 12);
  });

  it('carries a UID that is none, since quarantined objects have such', () => {
    expect(encodeFileMeta({ ...uids, sopInstanceUid: '../é' }).toString('latin1')).toContain('../\xe9');
  });

  it('refuses a UID that no element can hold', () => {
    expect(() => encodeFileMeta({ ...uids, sopInstanceUid: '1'.repeat(70_000) })).toThrow(/70000 characters/);
  });
});
