import { encodeFileMeta } from '@waystation/dicom';
import { encodeDataSet } from './encode-data-set.js';
import { syntheticElements } from './synthetic-elements.js';
import type { SyntheticOptions } from './synthetic-options.js';
import { syntheticUid } from './synthetic-uid.js';

export interface SyntheticInstance {
  /** The whole Part 10 file. */
  readonly part10: Buffer;
  /** The same without the file meta information: what travels in a C-STORE. */
  readonly dataSet: Buffer;
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
}

const CT_IMAGE_STORAGE = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** A valid object out of a few words: one slice of a CT of Doe^Jane unless told otherwise. */
export const syntheticInstance = (options: SyntheticOptions = {}): SyntheticInstance => {
  const seed = options.seed ?? syntheticUid();
  const transferSyntaxUid = options.transferSyntax ?? EXPLICIT_VR_LITTLE_ENDIAN;
  const uids = {
    sopClassUid: options.sopClass ?? CT_IMAGE_STORAGE,
    sopInstanceUid: options.sopInstanceUid ?? syntheticUid(`${seed} instance ${options.instanceNumber ?? 1}`),
    seriesInstanceUid: options.seriesInstanceUid ?? syntheticUid(`${seed} series`),
    studyInstanceUid: options.studyInstanceUid ?? syntheticUid(`${seed} study`),
  };
  const dataSet = encodeDataSet(syntheticElements({ ...options, ...uids }, transferSyntaxUid), transferSyntaxUid);
  const meta = encodeFileMeta({ ...uids, transferSyntaxUid });
  return { ...uids, transferSyntaxUid, dataSet, part10: Buffer.concat([meta, dataSet]) };
};
