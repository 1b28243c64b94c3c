import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import type { HeaderLimits } from './header-limits.js';
import { HeaderReader, type Header } from './header-reader.js';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const JPEG = '1.2.840.10008.1.2.4.50';

const text = (tag: number, vr: SyntheticElement['vr'], value: string): SyntheticElement => ({
  tag,
  vr,
  value: Buffer.from(value, 'latin1'),
});
const modality = text(0x00080060, 'CS', 'CT');
const name = text(0x00100010, 'PN', 'Doe^Jane');
const rows: SyntheticElement = { tag: 0x00280010, vr: 'US', value: 512 };
const pixels: SyntheticElement = { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(32, 0xab) };

const read = (bytes: Buffer, syntax = EXPLICIT, limits: Partial<HeaderLimits> = {}): Header => {
  const reader = new HeaderReader(syntax, limits);
  reader.push(bytes);
  return reader.end();
};
const readElements = (elements: readonly SyntheticElement[], syntax = EXPLICIT): Header =>
  read(encodeDataSet(elements, syntax), syntax);
const hex = (digits: string): Buffer => Buffer.from(digits.replace(/[ \n]/g, ''), 'hex');
const failure = (run: () => unknown): { code: string; offset: unknown } => {
  try {
    run();
  } catch (error) {
    const codes = ['dicom.malformed', 'dicom.truncated', 'dicom.limit-exceeded'];
    if (error instanceof CodedError && codes.includes(error.code))
      return { code: error.code, offset: error.details['offset'] };
    throw error;
  }
  throw new Error('nothing was thrown');
};
const codes = (header: Header): readonly string[] => header.warnings.map(({ code }) => code);

describe('the routing header', () => {
  it.each([IMPLICIT, EXPLICIT, DEFLATED, BIG_ENDIAN, JPEG])('is read in transfer syntax %s', (syntax) => {
    const header = readElements([modality, name, rows, pixels], syntax);
    expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane', Rows: '512' });
    expect(header.warnings).toEqual([]);
  });

  it('has an empty text for an empty element and nothing for an absent one', () => {
    expect(readElements([text(0x00080060, 'CS', '')]).facts).toEqual({ Modality: '' });
  });

  it('has the UIDs that place an object', () => {
    const header = readElements([text(0x00080018, 'UI', '1.2.3'), text(0x0020000e, 'UI', '1.2.4')]);
    expect(header.uids).toEqual({
      sopClassUid: undefined,
      sopInstanceUid: '1.2.3',
      studyInstanceUid: undefined,
      seriesInstanceUid: '1.2.4',
    });
  });

  it('has several values joined by a backslash', () => {
    expect(readElements([text(0x00080008, 'CS', 'ORIGINAL\\PRIMARY')]).facts['ImageType']).toBe('ORIGINAL\\PRIMARY');
    const twoRows: SyntheticElement = { ...rows, value: hex('0100 0200') };
    expect(readElements([twoRows]).facts['Rows']).toBe('1\\2');
  });

  it('is in Unicode, by the character set of the data set', () => {
    const latin = [text(0x00080005, 'CS', 'ISO_IR 100'), text(0x00100010, 'PN', 'Buc^J\xe9r\xf4me')];
    expect(readElements(latin).facts['PatientName']).toBe('Buc^Jérôme');
  });

  it('takes the value representation the sender wrote, and the one of the dictionary where that is UN', () => {
    const wide: SyntheticElement = { tag: 0x00280010, vr: 'UL', value: hex('00020000') };
    expect(readElements([wide]).facts['Rows']).toBe('512');
    const unknown: SyntheticElement = { tag: 0x00280010, vr: 'UN', value: hex('0002') };
    expect(readElements([unknown]).facts['Rows']).toBe('512');
    expect(readElements([unknown], BIG_ENDIAN).facts['Rows']).toBe('512');
  });

  it('parts who the person is from what the image is', () => {
    const { header, identity } = readElements([
      text(0x00080050, 'SH', 'A1'),
      modality,
      name,
      text(0x00100040, 'CS', 'F'),
    ]);
    expect(header).toEqual({ Modality: 'CT', PatientSex: 'F' });
    expect(identity).toEqual({ AccessionNumber: 'A1', PatientName: 'Doe^Jane' });
  });

  it('is not taken out of other sequences', () => {
    const nested: SyntheticElement = { tag: 0x00081140, vr: 'SQ', value: [[text(0x00080060, 'CS', 'MR'), name]] };
    expect(readElements([modality, nested, rows]).facts).toEqual({ Modality: 'CT', Rows: '512' });
  });
});

describe('sequences', () => {
  const item = (...inner: SyntheticElement[]): SyntheticElement => ({ tag: 0x00400512, vr: 'SQ', value: [inner] });

  it.each([IMPLICIT, EXPLICIT, BIG_ENDIAN])('are stepped over, empty items and all, in %s', (syntax) => {
    const empty: SyntheticElement = { tag: 0x00081140, vr: 'SQ', value: [[], [modality], []] };
    const header = readElements([empty, name, item(item(item())), pixels], syntax);
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(header.warnings).toEqual([]);
  });

  it('in a UN element of undefined length are implicit', () => {
    const sequence = encodeDataSet([item(modality)], IMPLICIT).subarray(8);
    const unknown = Buffer.concat([hex('09001010 554e0000 ffffffff'), sequence]);
    const header = read(Buffer.concat([unknown, encodeDataSet([name], EXPLICIT)]));
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(header.warnings).toEqual([]);
  });

  it('may have items written in another way than the data set', () => {
    const inner = encodeDataSet([modality], IMPLICIT);
    const bytes = Buffer.concat([
      hex('08004011 53510000 ffffffff feff00e0 ffffffff'),
      inner,
      hex('feff0de0 00000000 feffdde0 00000000'),
      encodeDataSet([name], EXPLICIT),
    ]);
    const header = read(bytes);
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(codes(header)).toEqual(['dicom.item-encoding']);
  });

  it('deeper than the limit are refused, and as deep as the limit are read', () => {
    const nest = (depth: number): SyntheticElement => (depth === 0 ? modality : item(nest(depth - 1)));
    expect(readElements([name, nest(32)]).facts).toEqual({ PatientName: 'Doe^Jane' });
    expect(failure(() => readElements([nest(33)])).code).toBe('dicom.limit-exceeded');
  });

  it('without end are truncated', () => {
    const whole = encodeDataSet([item(modality)], EXPLICIT);
    expect(failure(() => read(whole.subarray(0, -8)))).toEqual({ code: 'dicom.truncated', offset: whole.length - 8 });
    expect(failure(() => read(whole.subarray(0, -16))).code).toBe('dicom.truncated');
  });

  it('with something that is no item are malformed', () => {
    expect(failure(() => read(hex('08004011 53510000 ffffffff 08006000 43530200 4354')))).toEqual({
      code: 'dicom.malformed',
      offset: 12,
    });
  });
});

describe('pixel data', () => {
  const native = encodeDataSet([modality, pixels], EXPLICIT);
  const encapsulated = encodeDataSet([modality, pixels], JPEG);

  it('shorter than it says is truncated', () => {
    expect(failure(() => read(native.subarray(0, -1)))).toEqual({ code: 'dicom.truncated', offset: native.length - 1 });
  });

  it('without its last fragment or delimiter is truncated', () => {
    expect(failure(() => read(encapsulated.subarray(0, -8), JPEG)).code).toBe('dicom.truncated');
    expect(failure(() => read(encapsulated.subarray(0, -20), JPEG)).code).toBe('dicom.truncated');
  });

  it('with a fragment of undefined length is malformed', () => {
    const bytes = Buffer.concat([encapsulated.subarray(0, -8), hex('feff00e0 ffffffff')]);
    expect(failure(() => read(bytes, JPEG)).code).toBe('dicom.malformed');
  });

  it('may be empty, absent, or followed by anything', () => {
    expect(readElements([modality, { ...pixels, value: Buffer.alloc(0) }]).facts['Modality']).toBe('CT');
    expect(readElements([modality]).facts['Modality']).toBe('CT');
    const trailing = Buffer.concat([native, hex('ffffffff 00')]);
    expect(read(trailing).warnings).toEqual([]);
  });
});

describe('small sins', () => {
  it('of order are warnings', () => {
    const header = readElements([name, modality]);
    expect(header.facts).toEqual({ PatientName: 'Doe^Jane', Modality: 'CT' });
    expect(codes(header)).toEqual(['dicom.element-order']);
  });

  it('of repetition are warnings, and the first value holds', () => {
    const header = readElements([modality, text(0x00080060, 'CS', 'MR')]);
    expect(header.facts).toEqual({ Modality: 'CT' });
    expect(codes(header)).toEqual(['dicom.element-duplicated']);
  });

  it('of group are warnings', () => {
    expect(codes(readElements([text(0x00020010, 'UI', EXPLICIT), modality]))).toEqual(['dicom.group-misplaced']);
    expect(codes(readElements([text(0x00000002, 'UI', EXPLICIT), modality]))).toEqual(['dicom.group-misplaced']);
  });

  it('of delimiters are warnings', () => {
    const stray = hex('feff0de0 00000000 feffdde0 00000000');
    expect(codes(read(Buffer.concat([encodeDataSet([modality], EXPLICIT), stray])))).toEqual(['dicom.delimiter-stray']);
  });

  it.each(['5a5a 0000 02000000', '5a5a 0200', '2020 0200', '3f3f 0200'])(
    'of value representation (%s) are warnings',
    (vr) => {
      const header = read(Buffer.concat([hex(`08006000 ${vr}`), Buffer.from('CT'), encodeDataSet([name], EXPLICIT)]));
      expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
      expect(codes(header)).toEqual(['dicom.vr-unknown']);
    },
  );

  it('of odd length are warnings', () => {
    const header = read(Buffer.concat([hex('08006000 43530300'), Buffer.from('CTX'), encodeDataSet([name], EXPLICIT)]));
    expect(header.facts).toEqual({ Modality: 'CTX', PatientName: 'Doe^Jane' });
    expect(codes(header)).toEqual(['dicom.value-length']);
  });

  it('of half a number are warnings', () => {
    const header = readElements([{ ...rows, vr: 'UL', value: hex('0002') }]);
    expect(header.facts).toEqual({ Rows: '' });
    expect(codes(header)).toEqual(['dicom.value-length']);
  });

  it('of size leave the value out, with a warning', () => {
    const long = text(0x00081030, 'UT', 'x'.repeat(70_000));
    const header = readElements([modality, long, name]);
    expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
    expect(codes(header)).toEqual(['dicom.value-left-out']);
  });
});

describe('a data set that makes no sense', () => {
  it('is malformed where a value representation is none', () => {
    const bytes = Buffer.concat([encodeDataSet([modality], EXPLICIT), hex('10001000 6c6f0400 41424344')]);
    expect(failure(() => read(bytes))).toEqual({ code: 'dicom.malformed', offset: 10 });
  });

  it('is malformed where an item belongs to no sequence', () => {
    const bytes = Buffer.concat([encodeDataSet([modality], EXPLICIT), hex('feff00e0 00000000')]);
    expect(failure(() => read(bytes))).toEqual({ code: 'dicom.malformed', offset: 10 });
  });

  it('is truncated where it ends within an element', () => {
    const bytes = encodeDataSet([modality, name], EXPLICIT);
    const boundaries = new Set([0, 10, bytes.length]);
    for (let end = 0; end <= bytes.length; end++) {
      if (boundaries.has(end)) expect(() => read(bytes.subarray(0, end))).not.toThrow();
      else expect(failure(() => read(bytes.subarray(0, end)))).toEqual({ code: 'dicom.truncated', offset: end });
    }
  });

  it('has too many elements', () => {
    const bytes = encodeDataSet(
      Array.from({ length: 101 }, () => modality),
      EXPLICIT,
    );
    expect(failure(() => read(bytes, EXPLICIT, { elements: 100 })).code).toBe('dicom.limit-exceeded');
    expect(read(bytes, EXPLICIT, { elements: 101 }).facts).toEqual({ Modality: 'CT' });
  });

  it('fails at the end, not while its bytes come', () => {
    const reader = new HeaderReader(EXPLICIT);
    reader.push(hex('10001000 00000400 41424344 10001000'));
    expect(() => reader.push(hex('ffffffffffffffffffff'))).not.toThrow();
    expect(failure(() => reader.end()).code).toBe('dicom.malformed');
  });
});
