import { describe, expect, it } from 'vitest';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { hex, modality, name, pixels, rows, text } from '../../test/elements.js';
import { readElements } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';

const { implicit, explicit, deflated, bigEndian, jpeg } = syntax;

describe('the routing header', () => {
  it.each([implicit, explicit, deflated, bigEndian, jpeg])('is read in transfer syntax %s', (syntax) => {
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
    expect(readElements([unknown], bigEndian).facts['Rows']).toBe('512');
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
