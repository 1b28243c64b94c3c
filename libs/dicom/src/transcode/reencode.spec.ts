import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { hex, text } from '../../test/elements.js';
import { rewrite, syntax } from '../../test/rewrite.js';
import { canReencode } from './reencode.js';

const bytes = (tag: number, vr: SyntheticElement['vr'], digits: string): SyntheticElement => ({
  tag,
  vr,
  value: hex(digits),
});
const { implicit, explicit, bigEndian, deflated } = syntax;
const toExplicit = (dataSet: Buffer) => rewrite(dataSet, { from: implicit, to: explicit });

describe('from implicit to explicit', () => {
  it('takes value representations from the dictionary, UN where it has none', async () => {
    const elements = [
      text(0x00080060, 'CS', 'CT'),
      text(0x00090010, 'LO', 'SYNTHETIC '),
      bytes(0x00091001, 'UN', 'deadbeef'),
      text(0x00100010, 'PN', 'Doe^Jane'),
      bytes(0x00280010, 'US', '0002'),
      bytes(0x7fe00010, 'OW', '01020304'),
    ];
    expect(await toExplicit(encodeDataSet(elements, implicit))).toEqual(encodeDataSet(elements, explicit));
  });

  it('lets pixel representation decide between US and SS, also in items that do not say it', async () => {
    const smallest: SyntheticElement = { tag: 0x00280106, vr: 'SS', value: 0xfffe };
    const signed = [
      { tag: 0x00280103, vr: 'US' as const, value: 1 },
      smallest,
      { tag: 0x00289145, vr: 'SQ' as const, value: [[smallest]] },
    ];
    expect(await toExplicit(encodeDataSet(signed, implicit))).toEqual(encodeDataSet(signed, explicit));
  });

  it('writes as UN what is too long for the length of its representation', async () => {
    const comments = (vr: SyntheticElement['vr']) => [text(0x00104000, vr, 'x'.repeat(70_000))];
    expect(await toExplicit(encodeDataSet(comments('LT'), implicit))).toEqual(encodeDataSet(comments('UN'), explicit));
  });

  it('takes a private element of undefined length for a sequence', async () => {
    const items = [[text(0x00080060, 'CS', 'CT')]];
    const elements: readonly SyntheticElement[] = [{ tag: 0x00091001, vr: 'SQ', value: items }];
    expect(await toExplicit(encodeDataSet(elements, implicit))).toEqual(encodeDataSet(elements, explicit));
  });
});

describe('byte order', () => {
  it.each([
    ['US', 0x00280010, '0102', '0201'],
    ['SS', 0x00189219, '01020304', '02010403'],
    ['OW', 0x7fe00010, '0102030405060708', '0201040306050807'],
    ['AT', 0x00280009, '0102030405060708', '0201040306050807'],
    ['UL', 0x00081161, '0102030405060708', '0403020108070605'],
    ['SL', 0x00186020, '01020304', '04030201'],
    ['FL', 0x00089459, '01020304', '04030201'],
    ['OF', 0x7fe00008, '0102030405060708', '0403020108070605'],
    ['OL', 0x00660040, '01020304', '04030201'],
    ['FD', 0x00189073, '0102030405060708', '0807060504030201'],
    ['OD', 0x7fe00009, '0102030405060708', '0807060504030201'],
    ['OV', 0x0072006a, '0102030405060708', '0807060504030201'],
    ['SV', 0x00720082, '0102030405060708', '0807060504030201'],
    ['UV', 0x00720083, '0102030405060708', '0807060504030201'],
    ['OB', 0x00420011, '01020304', '01020304'],
    ['UN', 0x00091001, '01020304', '01020304'],
    ['LO', 0x00081030, '4142', '4142'],
  ] as const)('is turned in %s', async (vr, tag, little, big) => {
    const [inLittle, inBig] = [
      encodeDataSet([bytes(tag, vr, little)], explicit),
      encodeDataSet([bytes(tag, vr, big)], bigEndian),
    ];
    expect(await rewrite(inLittle, { from: explicit, to: bigEndian })).toEqual(inBig);
    expect(await rewrite(inBig, { from: bigEndian, to: explicit, cuts: [13, 15, 18] })).toEqual(inLittle);
  });

  it('is not turned in the items of UN, which are implicit little endian in every syntax', async () => {
    const items = 'feff00e0 ffffffff  2800 1000 02000000 0002  feff0de0 00000000  feffdde0 00000000';
    const [inLittle, inBig] = [`0900 0110 554e 0000 ffffffff ${items}`, `0009 1001 554e 0000 ffffffff ${items}`];
    expect(await rewrite(hex(inBig), { from: bigEndian, to: explicit })).toEqual(hex(inLittle));
    expect(await rewrite(hex(inBig), { from: bigEndian, to: implicit })).toEqual(hex(`0900 0110 ffffffff ${items}`));
  });
});

describe('sequences', () => {
  const name = '1000 1000 504e 0200 4142';
  const inner = `0800 1511 5351 0000 12000000  feff00e0 0a000000 ${name}`;
  it('of defined length become ones of undefined length', async () => {
    const sequence = `0800 1511 5351 0000 26000000  feff00e0 1e000000 ${inner}`;
    expect(await rewrite(hex(sequence), { from: explicit, to: implicit })).toEqual(
      hex(`0800 1511 ffffffff  feff00e0 ffffffff
             0800 1511 ffffffff  feff00e0 ffffffff  1000 1000 02000000 4142  feff0de0 00000000 feffdde0 00000000
           feff0de0 00000000 feffdde0 00000000`),
    );
  });

  it('that are empty stay so', async () => {
    const empty = hex('0800 1511 5351 0000 00000000  0800 4011 5351 0000 08000000 feff00e0 00000000');
    expect(await rewrite(empty, { from: explicit, to: implicit })).toEqual(
      hex('0800 1511 00000000  0800 4011 ffffffff feff00e0 00000000 feffdde0 00000000'),
    );
  });

  it.each([
    [
      'whose item is longer than itself',
      `0800 1511 5351 0000 12000000  feff00e0 0c000000 ${name} 0000`,
      'dicom.malformed',
    ],
    [
      'whose element is longer than its item',
      `0800 1511 5351 0000 10000000  feff00e0 08000000 1000 1000 504e 0200 4142`,
      'dicom.malformed',
    ],
    ['that hold elements instead of items', `0800 1511 5351 0000 ffffffff ${name}`, 'dicom.malformed'],
    ['that do not end', `0800 1511 5351 0000 ffffffff feff00e0 ffffffff ${name}`, 'dicom.truncated'],
    [
      'whose item ends with the end of a sequence',
      `0800 1511 5351 0000 ffffffff feff00e0 ffffffff feffdde0 00000000`,
      'dicom.malformed',
    ],
  ])('%s are refused', async (_what, digits, code) => {
    await expect(rewrite(hex(digits), { from: explicit, to: implicit })).rejects.toMatchObject({ code });
  });

  it('are refused when there are too many inside each other', async () => {
    const nested = (depth: number): SyntheticElement =>
      depth === 0 ? text(0x00080060, 'CS', 'CT') : { tag: 0x00081115, vr: 'SQ', value: [[nested(depth - 1)]] };
    const limits = { depth: 20 };
    const deep = (depth: number) =>
      rewrite(encodeDataSet([nested(depth)], explicit), { from: explicit, to: implicit, limits });
    expect(await deep(20)).toEqual(encodeDataSet([nested(20)], implicit));
    await expect(deep(21)).rejects.toMatchObject({ code: 'dicom.limit-exceeded' });
  });
});

describe('what writers do against the standard', () => {
  it('is put right where it can be: odd lengths, group lengths, stray delimiters, trailing padding', async () => {
    const dataSet = hex(`0800 0000 554c 0400 00000000
      0800 6000 4353 0300 435420  feffdde0 00000000  0800 1800 5549 0300 312e32  0000`);
    expect(await rewrite(dataSet, { from: explicit, to: implicit })).toEqual(
      hex('0800 6000 04000000 43542020  0800 1800 04000000 312e3200'),
    );
  });

  it('is told from what the transfer syntax says: a data set that is written otherwise is read as it is', async () => {
    const elements = [text(0x00080060, 'CS', 'CT'), text(0x00100010, 'PN', 'Doe^Jane')];
    const dataSet = encodeDataSet(elements, implicit);
    expect(await rewrite(dataSet, { from: explicit, to: explicit })).toEqual(encodeDataSet(elements, explicit));
  });

  it.each([
    ['no value representation', '1000 1000 0101 0200 4142 1000 2000 0101 0200 4142', 'dicom.malformed'],
    ['an item that belongs to nothing', '1000 1000 504e 0200 4142 feff00e0 02000000 4142', 'dicom.malformed'],
    ['an element that does not end', '1000 1000 504e 2000 4142', 'dicom.truncated'],
    ['a header that does not end', '1000 1000 504e 0200 4142 1000', 'dicom.truncated'],
    [
      'compressed pixels where the syntax has none',
      'e07f 1000 4f42 0000 ffffffff feff00e0 00000000 feffdde0 00000000',
      'dicom.malformed',
    ],
  ])('is refused where it is %s', async (_what, digits, code) => {
    await expect(rewrite(hex(digits), { from: explicit, to: implicit })).rejects.toMatchObject({ code });
  });
});

describe('a deflated data set', () => {
  const elements = [text(0x00080060, 'CS', 'CT'), bytes(0x7fe00010, 'OW', '0102'.repeat(100_000))];

  it('is inflated, and deflated again', async () => {
    const plain = encodeDataSet(elements, explicit);
    expect(await rewrite(encodeDataSet(elements, deflated), { from: deflated, to: explicit, cuts: [1, 100] })).toEqual(
      plain,
    );
    const again = await rewrite(plain, { from: explicit, to: deflated });
    expect(again.length % 2).toBe(0);
    expect(again.length).toBeLessThan(plain.length / 10);
    expect(await rewrite(again, { from: deflated, to: explicit })).toEqual(plain);
  });

  it('is refused where it does not inflate', async () => {
    const cut = encodeDataSet(elements, deflated).subarray(0, 200);
    await expect(rewrite(cut, { from: deflated, to: explicit })).rejects.toMatchObject({ code: 'dicom.truncated' });
    await expect(rewrite(Buffer.alloc(64, 0xff), { from: deflated, to: explicit })).rejects.toMatchObject({
      code: 'dicom.malformed',
    });
  });
});

describe('canReencode', () => {
  it.each([
    [implicit, explicit, true],
    [bigEndian, implicit, true],
    [syntax.jpeg2000, explicit, true],
    ['1.2.840.10008.1.2.4.203', implicit, true],
    [explicit, syntax.rle, false],
    ['1.2.840.10008.1.2.4.102', explicit, false],
    ['1.2.840.10008.1.2.4.94', explicit, false],
    ['1.2.840.113619.5.2', explicit, false],
    ['1.2.3', explicit, false],
  ])('from %s to %s: %s', async (from, to, can) => {
    expect(canReencode(from, to)).toBe(can);
    if (!can)
      await expect(rewrite(Buffer.alloc(0), { from, to })).rejects.toMatchObject({ code: 'dicom.not-reencodable' });
  });
});
