import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { modality, name, pixels, rows } from '../../test/elements.js';
import { codes, readHeader } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';

const { implicit, explicit, bigEndian } = syntax;
describe('a data set that is not what its transfer syntax says', () => {
  it.each([
    [explicit, implicit],
    [implicit, explicit],
    [explicit, bigEndian],
    [bigEndian, explicit],
    [implicit, bigEndian],
    [bigEndian, implicit],
    ['1.2.840.10008.1.2.4.50', implicit],
  ])('declared %s and written %s is read as it is, with a warning', (declared, written) => {
    const header = readHeader(encodeDataSet([modality, name, rows, pixels], written), declared);
    expect(header.facts).toEqual({ Modality: 'CT', PatientName: 'Doe^Jane', Rows: '512' });
    expect(codes(header)).toEqual(['dicom.transfer-syntax-mismatch']);
  });

  it('in a syntax nobody knows is read as it looks', () => {
    for (const written of [explicit, implicit, bigEndian]) {
      const header = readHeader(encodeDataSet([modality], written), '1.2.3.4');
      expect(header.facts).toEqual({ Modality: 'CT' });
      expect(codes(header)).toEqual(['dicom.transfer-syntax-unknown']);
    }
  });
});
