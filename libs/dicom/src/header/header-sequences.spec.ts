import { CodedError } from '@waystation/kernel';
import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import type { SyntheticElement } from '../../../testing/src/synthetic/synthetic-element.js';
import { hex, name, text } from '../../test/elements.js';
import { codes, readHeader } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';
import { HeaderReader } from './header-reader.js';

const { implicit, explicit, deflated, bigEndian } = syntax;
const sequence = (tag: number, ...value: SyntheticElement[][]): SyntheticElement => ({ tag, vr: 'SQ', value });
const code = (value: string): SyntheticElement[] => [
  text(0x00080100, 'SH', value),
  text(0x00080102, 'SH', 'LN'),
  text(0x00080104, 'LO', `meaning of ${value}`),
];
const procedures = (...codes: string[]): SyntheticElement => sequence(0x00081032, ...codes.map(code));
const request = sequence(
  0x00400275,
  [
    text(0x00080050, 'SH', 'A1'),
    text(0x00400007, 'LO', 'Head without contrast'),
    sequence(0x00400008, code('24725-4'), code('30799-1')),
    text(0x00401001, 'SH', 'RP1'),
  ],
  [text(0x00401001, 'SH', 'RP2')],
);

describe('sequences of the routing header', () => {
  it.each([implicit, explicit, deflated, bigEndian])(
    'are read item by item, with and without lengths, in %s',
    (syntax) => {
      for (const hasLength of [() => false, () => true]) {
        const { header, identity, warnings } = readHeader(
          encodeDataSet([procedures('P'), name, request], syntax, hasLength),
          syntax,
        );
        expect(header).toEqual({
          'ProcedureCodeSequence[0].CodeValue': 'P',
          'ProcedureCodeSequence[0].CodingSchemeDesignator': 'LN',
          'ProcedureCodeSequence[0].CodeMeaning': 'meaning of P',
          'RequestAttributesSequence[0].ScheduledProcedureStepDescription': 'Head without contrast',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeValue': '24725-4',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodingSchemeDesignator': 'LN',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[0].CodeMeaning': 'meaning of 24725-4',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[1].CodeValue': '30799-1',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[1].CodingSchemeDesignator': 'LN',
          'RequestAttributesSequence[0].ScheduledProtocolCodeSequence[1].CodeMeaning': 'meaning of 30799-1',
        });
        expect(identity).toEqual({
          PatientName: 'Doe^Jane',
          'RequestAttributesSequence[0].AccessionNumber': 'A1',
          'RequestAttributesSequence[0].RequestedProcedureID': 'RP1',
          'RequestAttributesSequence[1].RequestedProcedureID': 'RP2',
        });
        expect(warnings).toEqual([]);
      }
    },
  );

  it('have an item as long as it says, and go on behind it', () => {
    const bytes = encodeDataSet([sequence(0x00081032, [], [], code('P')), name], explicit, () => true);
    expect(readHeader(bytes).facts).toMatchObject({
      'ProcedureCodeSequence[2].CodeValue': 'P',
      PatientName: 'Doe^Jane',
    });
  });

  it('say nothing where they are empty, and may be the last of the data set', () => {
    for (const hasLength of [() => false, () => true]) {
      expect(readHeader(encodeDataSet([name, sequence(0x00400275)], explicit, hasLength)).facts).toEqual({
        PatientName: 'Doe^Jane',
      });
      expect(readHeader(encodeDataSet([sequence(0x00400275, [])], explicit, hasLength)).facts).toEqual({});
    }
  });

  it('are kept up to eight items, with a warning of those behind', () => {
    const header = readHeader(
      encodeDataSet([procedures('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'), name], explicit),
    );
    expect(Object.keys(header.facts).filter((fact) => fact.endsWith('CodeValue'))).toHaveLength(8);
    expect(header.facts).toMatchObject({ 'ProcedureCodeSequence[7].CodeValue': 'H', PatientName: 'Doe^Jane' });
    expect(codes(header)).toEqual(['dicom.value-left-out']);
  });

  it('count with all other values that are kept', () => {
    const bytes = encodeDataSet([procedures('A', 'B'), name], explicit);
    const header = readHeader(bytes, explicit, { keptBytes: 24 });
    expect(header.facts).toEqual({
      'ProcedureCodeSequence[0].CodeValue': 'A',
      'ProcedureCodeSequence[0].CodingSchemeDesignator': 'LN',
      'ProcedureCodeSequence[0].CodeMeaning': 'meaning of A',
      'ProcedureCodeSequence[1].CodeValue': 'B',
      'ProcedureCodeSequence[1].CodingSchemeDesignator': 'LN',
    });
    expect(codes(header)).toEqual(['dicom.value-left-out']);
  });

  it('that come twice are read once', () => {
    const header = readHeader(encodeDataSet([procedures('A'), procedures('B'), name], explicit));
    expect(header.facts['ProcedureCodeSequence[0].CodeValue']).toBe('A');
    expect(codes(header)).toEqual(['dicom.element-duplicated']);
  });

  it('written as UN are implicit inside', () => {
    const items = encodeDataSet([procedures('P')], implicit, () => true).subarray(8);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(items.length);
    const bytes = Buffer.concat([hex('08003210 554e0000'), length, items, encodeDataSet([name], explicit)]);
    expect(readHeader(bytes).facts).toMatchObject({
      'ProcedureCodeSequence[0].CodeValue': 'P',
      PatientName: 'Doe^Jane',
    });
  });

  it('written as something else say nothing', () => {
    expect(readHeader(encodeDataSet([text(0x00081032, 'LO', 'P'), name], explicit)).facts).toEqual({
      PatientName: 'Doe^Jane',
    });
  });
});

describe('the character set of an item', () => {
  const greek = text(0x00080104, 'LO', '\xc4\xe9');
  const declared = (set: string): SyntheticElement => text(0x00080005, 'CS', set);
  const meanings = (elements: SyntheticElement[]): readonly unknown[] => {
    const { facts } = readHeader(encodeDataSet(elements, explicit));
    expect(Object.keys(facts).filter((fact) => fact.endsWith('].SpecificCharacterSet'))).toEqual([]);
    return Object.entries(facts).flatMap(([fact, value]) => (fact.endsWith('CodeMeaning') ? [value] : []));
  };

  it('is its own where it has one, else that of what is around it', () => {
    expect(meanings([declared('ISO_IR 100'), sequence(0x00081032, [greek], [declared('ISO_IR 126'), greek])])).toEqual([
      'Äé',
      'Δι',
    ]);
  });

  it('holds for the sequences in it', () => {
    const inner = sequence(0x00400008, [greek]);
    expect(meanings([sequence(0x00400275, [declared('ISO_IR 126'), inner])])).toEqual(['Δι']);
  });
});

describe('a sequence that makes no sense inside', () => {
  const broken = (items: string): Buffer => {
    const inside = hex(items);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(inside.length);
    return Buffer.concat([hex('08003210 53510000'), length, inside, encodeDataSet([name], explicit)]);
  };

  it.each([
    ['bytes that are no item', '01020304 05060708 090a0b0c'],
    ['too few bytes for an item', 'feff00'],
    ['an item that is longer than the sequence', 'feff00e0 ff000000 08000001 53480200 4142'],
    ['an element that is longer than its item', 'feff00e0 0a000000 08000001 53481000 4142'],
    ['an element header that is cut by the end of the item', 'feff00e0 04000000 08000001'],
    ['an item without its end', 'feff00e0 ffffffff 08000001 53480200 4142'],
    ['a value representation that is none', 'feff00e0 0a000000 08000001 6c6f0200 4142'],
  ])('such as %s is stepped over where it has a length, with a warning', (_what, items) => {
    const bytes = broken(items);
    for (const pieceLength of [1, 7, bytes.length]) {
      const reader = new HeaderReader(explicit);
      for (let at = 0; at < bytes.length; at += pieceLength) reader.push(bytes.subarray(at, at + pieceLength));
      const header = reader.end();
      expect(header.facts['PatientName']).toBe('Doe^Jane');
      expect(codes(header)).toContain('dicom.sequence-unreadable');
    }
  });

  it('is malformed where nobody knows its end', () => {
    const bytes = Buffer.concat([hex('08003210 53510000 ffffffff 01020304 05060708'), encodeDataSet([name], explicit)]);
    expect(() => readHeader(bytes)).toThrow(CodedError);
  });

  it('is left after so many levels', () => {
    const nest = (depth: number): SyntheticElement => (depth === 0 ? name : sequence(0x00400512, [nest(depth - 1)]));
    const bytes = encodeDataSet([sequence(0x00400275, [nest(40), text(0x00401001, 'SH', 'RP1')]), name], explicit);
    expect(() => readHeader(bytes)).toThrow('more than 32 sequences inside each other');
  });

  it('is truncated where the data set ends in it', () => {
    const bytes = encodeDataSet([procedures('P')], explicit, () => true);
    for (let end = 1; end < bytes.length; end++) {
      expect(() => readHeader(bytes.subarray(0, end))).toThrow('data set ends after');
    }
  });
});
