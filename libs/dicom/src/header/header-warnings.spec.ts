import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { hex, modality, name, rows, text } from '../../test/elements.js';
import { codes, readElements, readHeader } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';

const { explicit } = syntax;

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
    expect(codes(readElements([text(0x00020010, 'UI', explicit), modality]))).toEqual(['dicom.group-misplaced']);
    expect(codes(readElements([text(0x00000002, 'UI', explicit), modality]))).toEqual(['dicom.group-misplaced']);
  });

  it('of delimiters are warnings', () => {
    const stray = hex('feff0de0 00000000 feffdde0 00000000');
    expect(codes(readHeader(Buffer.concat([encodeDataSet([modality], explicit), stray])))).toEqual([
      'dicom.delimiter-stray',
    ]);
  });

  it.each(['5a5a 0000 02000000', '5a5a 0200', '2020 0200', '3f3f 0200'])(
    'of value representation (%s) are warnings',
    (vr) => {
      const header = readHeader(
        Buffer.concat([hex(`08006000 ${vr}`), Buffer.from('CT'), encodeDataSet([name], explicit)]),
      );
      expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane' });
      expect(codes(header)).toEqual(['dicom.vr-unknown']);
    },
  );

  it('of odd length are warnings', () => {
    const header = readHeader(
      Buffer.concat([hex('08006000 43530300'), Buffer.from('CTX'), encodeDataSet([name], explicit)]),
    );
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
