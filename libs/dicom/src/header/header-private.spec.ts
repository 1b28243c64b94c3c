import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { text } from '../../test/elements.js';
import { codes } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';
import { wantedElements, type AdditionalElement } from '../dictionary/wanted-elements.js';
import { HeaderReader, type Header } from './header-reader.js';

const { implicit, explicit, bigEndian } = syntax;
const siemens = (block: number): SyntheticElement => text(0x00190000 + block, 'LO', 'SIEMENS MR HEADER');
const bValue = (block: number, value: string): SyntheticElement => text(0x0019000c + block * 0x100, 'IS', value);

const read = (
  elements: readonly SyntheticElement[],
  additional: readonly AdditionalElement[] = [],
  syntax: string = explicit,
): Header => {
  const reader = new HeaderReader(syntax, {}, wantedElements(additional));
  reader.push(encodeDataSet(elements, syntax));
  return reader.end();
};

describe('private elements that are safe', () => {
  it.each([implicit, explicit, bigEndian])('are read by their creator, in whatever block, in %s', (syntax) => {
    const rows: SyntheticElement = { tag: 0x00451101, vr: 'SS', value: 16 };
    const helios = text(0x00450011, 'LO', 'GEMS_HELIOS_01');
    const { header, identity } = read([siemens(0x12), bValue(0x12, '1000'), helios, rows], [], syntax);
    expect(header).toEqual({ '(0019,xx0C,SIEMENS MR HEADER)': '1000', '(0045,xx01,GEMS_HELIOS_01)': '16' });
    expect(identity).toEqual({});
  });

  it('are others under another creator, or without one', () => {
    expect(read([text(0x00190010, 'LO', 'SOMEBODY ELSE'), bValue(0x10, '1000')]).facts).toEqual({});
    expect(read([bValue(0x10, '1000')]).facts).toEqual({});
    expect(read([siemens(0x10), bValue(0x11, '1000')]).facts).toEqual({});
  });

  it('belong to the first who reserved their block', () => {
    expect(read([siemens(0x10), text(0x00190010, 'LO', 'SOMEBODY ELSE'), bValue(0x10, '1000')]).header).toEqual({
      '(0019,xx0C,SIEMENS MR HEADER)': '1000',
    });
  });

  it('are not taken out of sequences', () => {
    const item: SyntheticElement = { tag: 0x00081032, vr: 'SQ', value: [[siemens(0x10), bValue(0x10, '1000')]] };
    expect(read([item]).facts).toEqual({});
  });
});

describe('elements that are asked for', () => {
  const privately = '(0019,xx08,SYNTHETIC)';
  const synthetic = [text(0x00190010, 'LO', 'SYNTHETIC'), text(0x00191008, 'LO', 'Doe^Jane')];

  it('are identity, since nobody vouches for them', () => {
    const header = read(
      [text(0x00181400, 'LO', 'AXIAL'), ...synthetic],
      [{ element: privately }, { element: '0018,1400' }],
    );
    expect(header.header).toEqual({});
    expect(header.identity).toEqual({ [privately]: 'Doe^Jane', '0018,1400': 'AXIAL' });
  });

  it('may be private elements with a fixed number', () => {
    expect(read(synthetic, [{ element: '0019,1008' }]).identity).toEqual({ '0019,1008': 'Doe^Jane' });
  });

  it('have the value representation that was said, where the data set has none', () => {
    const vector: SyntheticElement = { tag: 0x00189073, vr: 'FD', value: Buffer.from('000000000000f83f', 'hex') };
    expect(read([vector], [{ element: '0018,9073' }]).identity).toEqual({ '0018,9073': '1.5' });
    expect(read([vector], [{ element: '0018,9073', vr: 'FD' }], implicit).identity).toEqual({ '0018,9073': '1.5' });
  });

  it('are text where nobody knows what they are, and left out with a warning where they are none', () => {
    expect(read(synthetic, [{ element: privately }], implicit).identity).toEqual({ [privately]: 'Doe^Jane' });
    const vector: SyntheticElement = { tag: 0x00189073, vr: 'FD', value: Buffer.from('000000000000f83f', 'hex') };
    const header = read([vector], [{ element: '0018,9073' }], implicit);
    expect(header.facts).toEqual({});
    expect(codes(header)).toEqual(['dicom.value-left-out']);
  });

  it('do not change what the routing header has anyway', () => {
    const asked = [{ element: '0008,0060' }, { element: '(0019,xx0c,SIEMENS MR HEADER)' }];
    const { header, identity } = read([text(0x00080060, 'CS', 'CT'), siemens(0x10), bValue(0x10, '0')], asked);
    expect(header).toEqual({ Modality: 'CT', '(0019,xx0C,SIEMENS MR HEADER)': '0' });
    expect(identity).toEqual({});
  });

  it('with a name that cannot be read add nothing', () => {
    const names = ['', 'Modality', '(0019,1008,X)', '(0019,xx08)', '0019,108'];
    expect(wantedElements(names.map((element) => ({ element })))).toEqual(wantedElements());
  });
});
