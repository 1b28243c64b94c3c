import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HeaderReader, readFileMeta } from '@waystation/dicom';
import { isDicomUid } from '@waystation/kernel';
import { syntheticUid } from '@waystation/testing';
import type { Sendable } from './sending.js';
import { samplesFolder } from './repository.js';

/** A DICOM file of the samples. */
export interface Sample extends Sendable {
  /** Path below the folder of the samples. */
  readonly name: string;
  readonly path: string;
  /** SOP Instance UID in the file meta information: some files name another object than they hold. */
  readonly named: string;
}

const column = { file: 0, label: 7 } as const;

/** Directories of media are no objects that anybody sends (PS3.10 chapter 8). */
const MEDIA_STORAGE_DIRECTORY = '1.2.840.10008.1.3.10';
const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Paths of the samples that the index labels so. */
const pathsOf = (folder: string, label: 'valid' | 'malformed'): readonly string[] =>
  readFileSync(join(folder, 'index.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter((cells) => cells[column.label] === label)
    .map((cells) => cells[column.file] ?? '');

/**
 * A file of the samples. A C-STORE has to name the object that the data set says (PS3.4 B.2.3), and so does this one
 * where the data set says anything.
 */
const sampleAt = (folder: string, name: string): Sample => {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const meta = readFileMeta(bytes);
  const { transferSyntaxUid, dataSetOffset } = meta;
  const dataSet = bytes.subarray(dataSetOffset);
  const { sopClassUid = meta.sopClassUid, sopInstanceUid = meta.sopInstanceUid } = uidsOf(dataSet, transferSyntaxUid);
  if (sopClassUid === undefined || sopInstanceUid === undefined) throw new Error(`${name} does not say what it is`);
  return { name, path, named: meta.sopInstanceUid ?? '', sopClassUid, sopInstanceUid, transferSyntaxUid, dataSet };
};

const uidsOf = (
  dataSet: Buffer,
  transferSyntaxUid: string,
): Partial<Pick<Sendable, 'sopClassUid' | 'sopInstanceUid'>> => {
  const reader = new HeaderReader(transferSyntaxUid);
  reader.push(dataSet);
  const { sopClassUid, sopInstanceUid } = reader.end().uids;
  return { ...(sopClassUid && { sopClassUid }), ...(sopInstanceUid && { sopInstanceUid }) };
};

const firstUid = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && isDicomUid(text));

/** A damaged file as a sender that cares little would send it: what it does not say properly is made up. */
const damagedSampleAt = (folder: string, name: string): Sample => {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const attempt = <Answer>(read: () => Answer): Answer | undefined => {
    try {
      return read();
    } catch {
      return undefined;
    }
  };
  const meta = attempt(() => readFileMeta(bytes));
  const transferSyntaxUid = firstUid(meta?.transferSyntaxUid) ?? EXPLICIT_VR_LITTLE_ENDIAN;
  const dataSet = meta === undefined ? bytes : bytes.subarray(meta.dataSetOffset);
  const uids = attempt(() => uidsOf(dataSet, transferSyntaxUid));
  return {
    name,
    path,
    named: meta?.sopInstanceUid ?? '',
    sopClassUid: firstUid(uids?.sopClassUid, meta?.sopClassUid) ?? CT_IMAGE_STORAGE,
    sopInstanceUid: firstUid(uids?.sopInstanceUid, meta?.sopInstanceUid) ?? syntheticUid(name),
    transferSyntaxUid,
    dataSet,
  };
};

/** Every damaged file among the samples. */
export const malformedSamples = (): readonly Sample[] => {
  const folder = samplesFolder();
  return folder === undefined
    ? []
    : pathsOf(folder, 'malformed')
        .map((name) => damagedSampleAt(folder, name))
        .filter(({ sopClassUid }) => sopClassUid !== MEDIA_STORAGE_DIRECTORY);
};

/** Every valid object among the samples: Part 10 files, without the directories of media. */
export const validSamples = (): readonly Sample[] => {
  const folder = samplesFolder();
  if (folder === undefined) return [];
  return pathsOf(folder, 'valid')
    .map((name) => sampleAt(folder, name))
    .filter(({ sopClassUid }) => sopClassUid !== MEDIA_STORAGE_DIRECTORY);
};
