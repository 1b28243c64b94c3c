import { HeaderReader, isNonStorageService, readFileMeta, transferSyntaxes } from '@waystation/dicom';
import { isDicomUid } from '@waystation/kernel';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { syntheticInstance, type SyntheticInstance } from './synthetic-instance.js';
import { syntheticSeries } from './synthetic-series.js';
import { syntheticUid } from './synthetic-uid.js';

const syntaxes = [
  '1.2.840.10008.1.2',
  '1.2.840.10008.1.2.1',
  '1.2.840.10008.1.2.1.99',
  '1.2.840.10008.1.2.2',
  '1.2.840.10008.1.2.4.50',
  '1.2.840.10008.1.2.4.70',
  '1.2.840.10008.1.2.4.90',
  '1.2.840.10008.1.2.5',
];
const factsOf = ({ dataSet, transferSyntaxUid }: SyntheticInstance): Readonly<Record<string, string>> => {
  const reader = new HeaderReader(transferSyntaxUid);
  reader.push(dataSet);
  const { facts, warnings } = reader.end();
  expect(warnings).toEqual([]);
  return facts;
};

describe('a synthetic instance', () => {
  it.each(syntaxes)('says what it was asked to in %s', (transferSyntax) => {
    const instance = syntheticInstance({
      transferSyntax,
      modality: 'MR',
      seriesDescription: 'T1 odd',
      patientName: 'Müller^Jürgen',
      charset: 'ISO_IR 100',
      rows: 3,
      columns: 5,
      instanceNumber: 7,
    });
    expect(factsOf(instance)).toMatchObject({
      SOPClassUID: instance.sopClassUid,
      SOPInstanceUID: instance.sopInstanceUid,
      StudyInstanceUID: instance.studyInstanceUid,
      SeriesInstanceUID: instance.seriesInstanceUid,
      Modality: 'MR',
      SeriesDescription: 'T1 odd',
      PatientName: 'Müller^Jürgen',
      Rows: '3',
      Columns: '5',
      InstanceNumber: '7',
    });
  });

  it('is a file whose data set travels as it is', () => {
    const instance = syntheticInstance({ transferSyntax: '1.2.840.10008.1.2.2' });
    const { dataSetOffset, ...meta } = readFileMeta(instance.part10);
    const { sopClassUid, sopInstanceUid, transferSyntaxUid } = instance;
    expect(meta).toEqual({ sopClassUid, sopInstanceUid, transferSyntaxUid });
    expect(instance.part10.subarray(dataSetOffset).equals(instance.dataSet)).toBe(true);
    expect(isNonStorageService(sopClassUid)).toBe(false);
  });

  it('has other values, other bytes or nothing where overridden', () => {
    const facts = factsOf(
      syntheticInstance({
        charset: 'ISO_IR 192',
        patientName: Buffer.from('山田'),
        overrides: { BodyPartExamined: 'KNEE', SOPInstanceUID: '1.2', SeriesInstanceUID: null, Rows: '9' },
      }),
    );
    expect(facts).toMatchObject({ PatientName: '山田', BodyPartExamined: 'KNEE', SOPInstanceUID: '1.2', Rows: '9' });
    expect(facts).not.toHaveProperty('SeriesInstanceUID');
    expect(() => syntheticInstance({ overrides: { NoSuchElement: '1' } })).toThrow(/NoSuchElement/);
  });

  it('is the same for the same seed and another without', () => {
    expect(syntheticInstance({ seed: 'a' })).toEqual(syntheticInstance({ seed: 'a' }));
    expect(syntheticInstance({ seed: 'a' }).dataSet).not.toEqual(syntheticInstance({ seed: 'b' }).dataSet);
    expect(syntheticInstance().sopInstanceUid).not.toBe(syntheticInstance().sopInstanceUid);
  });
});

describe('a synthetic series', () => {
  it('has one study and series, and instances of their own with pixels of their own', () => {
    const series = syntheticSeries(3, { modality: 'MR' });
    expect(new Set(series.map(({ seriesInstanceUid }) => seriesInstanceUid)).size).toBe(1);
    expect(new Set(series.map(({ studyInstanceUid }) => studyInstanceUid)).size).toBe(1);
    expect(new Set(series.map(({ sopInstanceUid }) => sopInstanceUid)).size).toBe(3);
    expect(series.map((instance) => factsOf(instance)['InstanceNumber'])).toEqual(['1', '2', '3']);
    expect(new Set(series.map(({ dataSet }) => dataSet.subarray(-64).toString('hex'))).size).toBe(3);
  });
});

describe('a synthetic UID', () => {
  it('is a UID', () => {
    expect(isDicomUid(syntheticUid())).toBe(true);
    expect(isDicomUid(syntheticUid('seed'))).toBe(true);
  });
});

describe.skipIf(spawnSync('dcmdump', ['--version']).error)('DCMTK', () => {
  const folder = mkdtempSync(join(tmpdir(), 'synthetic-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(syntaxes)('reads a synthetic instance without a complaint in %s', (transferSyntax) => {
    const path = join(folder, 'instance.dcm');
    const instance = syntheticInstance({ transferSyntax, charset: 'ISO_IR 192', patientName: '山田^太郎' });
    writeFileSync(path, instance.part10);
    const { status, stdout, stderr } = spawnSync('dcmdump', ['+E', '+Un', '+L', path], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain(`[${instance.seriesInstanceUid}]`);
    expect(stdout).toContain('[山田^太郎]');
    expect(transferSyntaxes.has(transferSyntax)).toBe(true);
  });
});
