import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { HeaderReader, type Header } from './header-reader.js';

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';

const modality: SyntheticElement = { tag: 0x00080060, vr: 'CS', value: Buffer.from('CT') };
const name: SyntheticElement = { tag: 0x00100010, vr: 'PN', value: Buffer.from('Doe^Jane') };
const rows: SyntheticElement = { tag: 0x00280010, vr: 'US', value: 512 };
const pixels: SyntheticElement = { tag: 0x7fe00010, vr: 'OW', value: Buffer.alloc(32, 0xab) };

const read = (bytes: Buffer, syntax = EXPLICIT): Header => {
  const reader = new HeaderReader(syntax);
  reader.push(bytes);
  return reader.end();
};
const codes = ({ warnings }: Header): readonly string[] => warnings.map(({ code }) => code);

describe('a data set that is not what its transfer syntax says', () => {
  it.each([
    [EXPLICIT, IMPLICIT],
    [IMPLICIT, EXPLICIT],
    [EXPLICIT, BIG_ENDIAN],
    [BIG_ENDIAN, EXPLICIT],
    [IMPLICIT, BIG_ENDIAN],
    [BIG_ENDIAN, IMPLICIT],
    ['1.2.840.10008.1.2.4.50', IMPLICIT],
  ])('declared %s and written %s is read as it is, with a warning', (declared, written) => {
    const header = read(encodeDataSet([modality, name, rows, pixels], written), declared);
    expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane', Rows: '512' });
    expect(codes(header)).toEqual(['dicom.transfer-syntax-mismatch']);
  });

  it('in a syntax nobody knows is read as it looks', () => {
    for (const written of [EXPLICIT, IMPLICIT, BIG_ENDIAN]) {
      const header = read(encodeDataSet([modality], written), '1.2.3.4');
      expect(header.facts).toEqual({ Modality: 'CT' });
      expect(codes(header)).toEqual(['dicom.transfer-syntax-unknown']);
    }
  });
});
