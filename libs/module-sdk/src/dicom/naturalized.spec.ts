import { readFileMeta } from '@waystation/dicom';
import { syntheticInstance } from '@waystation/testing';
import { describe, expect, it } from 'vitest';
import { dicomJson } from './dicom-json.js';
import { naturalized, part10Of } from './naturalized.js';

describe('A data set through dcmjs', () => {
  const original = syntheticInstance({ seed: 'naturalized' });

  it('has its elements by keyword, and may be changed and written', async () => {
    const dataset = await naturalized(original.part10);
    expect(dataset).toMatchObject({ Modality: 'CT', KVP: 120, SOPInstanceUID: original.sopInstanceUid });
    const written = await part10Of({ ...dataset, SeriesDescription: 'DERIVED', SOPInstanceUID: '1.2.3' });
    expect(readFileMeta(written)).toMatchObject({
      sopInstanceUid: '1.2.3',
      transferSyntaxUid: original.transferSyntaxUid,
    });
    expect(await naturalized(written)).toMatchObject({ SeriesDescription: 'DERIVED', KVP: 120, Rows: 16 });
  });

  it('keeps pixels and what dcmjs has no name for', async () => {
    const written = await part10Of(await naturalized(original.part10));
    const [before, after] = await Promise.all([dicomJson(original.part10), dicomJson(written)]);
    expect(after['7FE00010']).toEqual(before['7FE00010']);
    expect(after['00091001']).toEqual(before['00091001']);
    expect(Object.keys(after)).toEqual(Object.keys(before));
  });

  it('is DICOM JSON with bytes in base64 and items as objects', async () => {
    const json = await dicomJson(original.part10);
    expect(json['00080060']).toEqual({ vr: 'CS', Value: ['CT'] });
    expect(json['7FE00010']?.InlineBinary).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(json['00400275']?.Value).toMatchObject([{ '00400007': { vr: 'LO', Value: ['Head'] } }]);
    expect(json['00100010']).toEqual({ vr: 'PN', Value: [{ Alphabetic: 'Doe^Jane' }] });
  });

  it('needs no file meta information to be written', async () => {
    const { _meta: _, ...dataset } = await naturalized(original.part10);
    expect(readFileMeta(await part10Of(dataset)).transferSyntaxUid).toBe('1.2.840.10008.1.2.1');
  });
});
