import { HeaderReader, readFileMeta } from '@waystation/dicom';
import { CodedError } from '@waystation/kernel';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deidentified } from '../../test/deidentified.js';
import { holdReasons } from './hold-reason.js';

// Real objects of many makers; they are not part of the repository.
const repository = resolve(import.meta.dirname, '../../../..');
const folder = process.env['WAYSTATION_SAMPLES'] ?? join(repository, '..', 'shared', 'samples');
const index = join(folder, 'index.tsv');
const profile = {
  options: ['clean-descriptors', 'retain-modified-dates', 'retain-safe-private'],
  allow: holdReasons,
} as const;

const samples = (): readonly { readonly file: string; readonly label: string; readonly bytes: Buffer }[] => {
  const [head = '', ...rows] = readFileSync(index, 'utf8').trimEnd().split('\n');
  const label = head.split('\t').indexOf('valid_or_malformed');
  return rows.map((row) => {
    const cells = row.split('\t');
    const file = cells[0] ?? '';
    return { file, label: cells[label] ?? '', bytes: readFileSync(join(folder, file)) };
  });
};

const read = (dataSet: Buffer, transferSyntaxUid: string) => {
  const reader = new HeaderReader(transferSyntaxUid);
  reader.push(dataSet);
  return reader.end();
};

/** What is wrong with what is let out of a file. */
const complaintAbout = async (bytes: Buffer): Promise<string | undefined> => {
  const { transferSyntaxUid, dataSetOffset } = readFileMeta(bytes);
  const dataSet = bytes.subarray(dataSetOffset);
  const output = await deidentified(dataSet, { transferSyntaxUid, profile });
  const [before, after] = [read(dataSet, transferSyntaxUid), read(output.bytes, transferSyntaxUid)];
  if (after.uids.sopInstanceUid !== output.sopInstanceUid) return 'another SOP Instance UID';
  if (after.facts['PatientIdentityRemoved'] === 'NO') return 'not marked';
  const { PatientName = '', PatientID = '' } = before.facts;
  const named = [PatientName, PatientID].filter((text) => text.length > 5);
  return named.some((text) => output.bytes.includes(text)) ? 'somebody is named' : undefined;
};

describe.skipIf(!existsSync(index))('the corpus', () => {
  it('labelled valid is let out without who is named in it, but for directories', async () => {
    const complaints: string[] = [];
    for (const { file, label, bytes } of samples()) {
      if (label !== 'valid') continue;
      const complaint = await complaintAbout(bytes).catch((error: unknown) => String(error));
      const isDirectory = complaint?.includes('no SOP Class UID') === true && file.includes('DICOMDIR');
      if (complaint !== undefined && !isDirectory) complaints.push(`${file}: ${complaint}`);
    }
    expect(complaints).toEqual([]);
  }, 120_000);

  it('labelled malformed is let out without who is named in it, or refused with a code', async () => {
    const complaints: string[] = [];
    for (const { file, label, bytes } of samples()) {
      if (label !== 'malformed') continue;
      const complaint = await complaintAbout(bytes).catch((error: unknown) =>
        error instanceof CodedError ? undefined : String(error),
      );
      if (complaint !== undefined) complaints.push(`${file}: ${complaint}`);
    }
    expect(complaints).toEqual([]);
  }, 120_000);
});
