import { describe, expect, it } from 'vitest';
import { encodeDataSet } from '../../../testing/src/synthetic/encode-data-set.js';
import { text } from '../../test/elements.js';
import { codes } from '../../test/read-header.js';
import { syntax } from '../../test/rewrite.js';
import { HeaderReader, type Header } from './header-reader.js';

const { explicit } = syntax;
/** The header of an object of this patient; the name is written as Latin-1, each character one byte. */
const patient = (name: string, characterSet?: string): Header => {
  const declared = characterSet === undefined ? [] : [text(0x00080005, 'CS', characterSet)];
  const reader = new HeaderReader(explicit);
  reader.push(encodeDataSet([...declared, text(0x00100010, 'PN', name)], explicit));
  return reader.end();
};

describe('a character set', () => {
  it.each(['ISO_IR 100', 'ISO 2022 IR 6\\ISO 2022 IR 87', '\\ISO 2022 IR 149', 'ISO_IR 192', 'GB18030', 'GBK', ''])(
    'declared as %j is no cause for a warning',
    (characterSet) => {
      expect(codes(patient('Doe^Jane', characterSet))).toEqual([]);
    },
  );

  it('that is missing is a warning where there is more than ASCII', () => {
    expect(codes(patient('Doe^Jane'))).toEqual([]);
    const header = patient('Buc^J\xe9r\xf4me');
    expect(header.facts).toEqual({ PatientName: 'Buc^Jérôme' });
    expect(header.warnings).toEqual([
      {
        code: 'dicom.character-set-missing',
        message: 'value of PatientName has more than ASCII, and no character set is declared; read as well as possible',
      },
    ]);
  });

  it.each([
    ['KLINGON', '"KLINGON" is no defined term of PS3.3 C.12.1.1.2'],
    ['ISO_IR 999', '"ISO_IR 999" is no defined term of PS3.3 C.12.1.1.2'],
    ['ISO-IR 100', '"ISO-IR 100" is not how PS3.3 C.12.1.1.2 spells it'],
    ['utf8', '"utf8" is not how PS3.3 C.12.1.1.2 spells it'],
    ['ISO 2022 IR 100\\ISO_IR 126', '"ISO_IR 126" is not how PS3.3 C.12.1.1.2 spells it'],
    ['ISO 2022 IR 100\\ISO_IR 192', 'an encoding without code extensions is not the only value'],
    ['ISO 2022 IR 87', 'the first value is a set of several bytes a character'],
  ])('declared as %j is a warning, whatever the text', (characterSet, fault) => {
    const header = patient('Doe^Jane', characterSet);
    expect(header.facts['PatientName']).toBe('Doe^Jane');
    expect(header.warnings).toEqual([
      { code: 'dicom.character-set-wrong', message: `character set ${JSON.stringify(characterSet)}: ${fault}` },
    ]);
  });

  it('that text is not in is a warning', () => {
    const header = patient('M\xfcller', 'ISO_IR 192');
    expect(header.facts['PatientName']).toBe('Müller');
    expect(codes(header)).toEqual(['dicom.text-undecodable']);
  });

  it('says no value in its warnings that may name a person', () => {
    const sets = [undefined, 'KLINGON', 'ISO_IR 192', 'ISO 2022 IR 87'];
    const headers = sets.map((characterSet) => patient('M\xfcller^Kurt', characterSet));
    expect(JSON.stringify(headers.map(({ warnings }) => warnings))).not.toMatch(/ller|Kurt/);
  });
});
