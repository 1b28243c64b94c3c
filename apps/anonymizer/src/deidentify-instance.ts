import {
  deidentify,
  type HoldReason,
  type IdentityTokens,
  type Profile,
  type Report,
} from '@waystation/deidentification';
import { encodeFileMeta } from '@waystation/dicom';
import { Readable } from 'node:stream';
import { dataSetOf } from './data-set-of.js';

/** How an object is de-identified. */
export interface InstanceRules {
  readonly profile: Profile;
  readonly secret: string;
  /** What says who is in any object of the job. */
  readonly shared: IdentityTokens | undefined;
  readonly report: Report;
}

export interface HeldInstance {
  readonly outcome: 'held';
  readonly reasons: readonly HoldReason[];
}

/** A Part 10 file without who is in it, as a stream. */
export interface CleanInstance {
  readonly outcome: 'deidentified';
  readonly part10: Readable;
}

/**
 * De-identifies a Part 10 file; its file meta information is written anew.
 *
 * @throws what `deidentify` throws, and `dicom.not-a-file`; the stream ends with what comes of the rest of the file
 */
export const deidentifyInstance = async (
  file: AsyncIterable<Buffer>,
  rules: InstanceRules,
): Promise<CleanInstance | HeldInstance> => {
  const { transferSyntaxUid, pieces: dataSet } = await dataSetOf(file);
  const result = await deidentify(dataSet, { ...rules, transferSyntaxUid });
  if (result.outcome === 'held') return result;
  const { pieces, ...uids } = result;
  return {
    outcome: 'deidentified',
    part10: Readable.from(withMeta(encodeFileMeta(uids), pieces), { objectMode: false }),
  };
};

async function* withMeta(meta: Buffer, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield meta;
  yield* pieces;
}
