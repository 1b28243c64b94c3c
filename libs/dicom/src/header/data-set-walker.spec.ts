import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { hex, modality, name, pixels } from '../../test/elements.js';
import { codes, failure, readElements, readHeader } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';
import { HeaderReader } from './header-reader.js';

const { implicit, explicit, bigEndian, jpeg } = syntax;

describe('sequences', () => {
  const item = (...inner: SyntheticElement[]): SyntheticElement => ({ tag: 0x00400512, vr: 'SQ', value: [inner] });

  it.each([implicit, explicit, bigEndian])('are stepped over, empty items and all, in %s', (syntax) => {
    const empty: SyntheticElement = { tag: 0x00081140, vr: 'SQ', value: [[], [modality], []] };
    const header = readElements([empty, name, item(item(item())), pixels], syntax);
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(header.warnings).toEqual([]);
  });

  it('in a UN element of undefined length are implicit', () => {
    const sequence = encodeDataSet([item(modality)], implicit).subarray(8);
    const unknown = Buffer.concat([hex('09001010 554e0000 ffffffff'), sequence]);
    const header = readHeader(Buffer.concat([unknown, encodeDataSet([name], explicit)]));
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(header.warnings).toEqual([]);
  });

  it('may have items written in another way than the data set', () => {
    const inner = encodeDataSet([modality], implicit);
    const bytes = Buffer.concat([
      hex('08004011 53510000 ffffffff feff00e0 ffffffff'),
      inner,
      hex('feff0de0 00000000 feffdde0 00000000'),
      encodeDataSet([name], explicit),
    ]);
    const header = readHeader(bytes);
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(codes(header)).toEqual(['dicom.item-encoding']);
  });

  it('deeper than the limit are refused, and as deep as the limit are read', () => {
    const nest = (depth: number): SyntheticElement => (depth === 0 ? modality : item(nest(depth - 1)));
    expect(readElements([name, nest(32)]).facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(failure(() => readElements([nest(33)])).code).toBe('dicom.limit-exceeded');
  });

  it('without end are truncated', () => {
    const whole = encodeDataSet([item(modality)], explicit);
    expect(failure(() => readHeader(whole.subarray(0, -8)))).toEqual({
      code: 'dicom.truncated',
      offset: whole.length - 8,
    });
    expect(failure(() => readHeader(whole.subarray(0, -16))).code).toBe('dicom.truncated');
  });

  it('with something that is no item are malformed', () => {
    expect(failure(() => readHeader(hex('08004011 53510000 ffffffff 08006000 43530200 4354')))).toEqual({
      code: 'dicom.malformed',
      offset: 12,
    });
  });
});

describe('pixel data', () => {
  const native = encodeDataSet([modality, pixels], explicit);
  const encapsulated = encodeDataSet([modality, pixels], jpeg);

  it('shorter than it says is truncated', () => {
    expect(failure(() => readHeader(native.subarray(0, -1)))).toEqual({
      code: 'dicom.truncated',
      offset: native.length - 1,
    });
  });

  it('without its last fragment or delimiter is truncated', () => {
    expect(failure(() => readHeader(encapsulated.subarray(0, -8), jpeg)).code).toBe('dicom.truncated');
    expect(failure(() => readHeader(encapsulated.subarray(0, -20), jpeg)).code).toBe('dicom.truncated');
  });

  it('with a fragment of undefined length is malformed', () => {
    const bytes = Buffer.concat([encapsulated.subarray(0, -8), hex('feff00e0 ffffffff')]);
    expect(failure(() => readHeader(bytes, jpeg)).code).toBe('dicom.malformed');
  });

  it('may be empty, absent, or followed by anything', () => {
    expect(readElements([modality, { ...pixels, value: Buffer.alloc(0) }]).facts['Modality']).toBe('CT');
    expect(readElements([modality]).facts['Modality']).toBe('CT');
    const trailing = Buffer.concat([native, hex('ffffffff 00')]);
    expect(readHeader(trailing).warnings).toEqual([]);
  });
});

describe('a data set that makes no sense', () => {
  it('is malformed where a value representation is none', () => {
    const bytes = Buffer.concat([encodeDataSet([modality], explicit), hex('10001000 6c6f0400 41424344')]);
    expect(failure(() => readHeader(bytes))).toEqual({ code: 'dicom.malformed', offset: 10 });
  });

  it('is malformed where an item belongs to no sequence', () => {
    const bytes = Buffer.concat([encodeDataSet([modality], explicit), hex('feff00e0 00000000')]);
    expect(failure(() => readHeader(bytes))).toEqual({ code: 'dicom.malformed', offset: 10 });
  });

  it('is truncated where it ends within an element', () => {
    const bytes = encodeDataSet([modality, name], explicit);
    const boundaries = new Set([0, 10, bytes.length]);
    for (let end = 0; end <= bytes.length; end++) {
      if (boundaries.has(end)) expect(() => readHeader(bytes.subarray(0, end))).not.toThrow();
      else expect(failure(() => readHeader(bytes.subarray(0, end)))).toEqual({ code: 'dicom.truncated', offset: end });
    }
  });

  it('has too many elements', () => {
    const bytes = encodeDataSet(
      Array.from({ length: 101 }, () => modality),
      explicit,
    );
    expect(failure(() => readHeader(bytes, explicit, { elements: 100 })).code).toBe('dicom.limit-exceeded');
    expect(readHeader(bytes, explicit, { elements: 101 }).facts).toEqual({ Modality: 'CT' });
  });

  it('fails at the end, not while its bytes come', () => {
    const reader = new HeaderReader(explicit);
    reader.push(hex('10001000 00000400 41424344 10001000'));
    expect(() => reader.push(hex('ffffffffffffffffffff'))).not.toThrow();
    expect(failure(() => reader.end()).code).toBe('dicom.malformed');
  });
});
