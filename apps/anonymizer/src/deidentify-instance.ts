import { deidentify, type HoldReason, type Profile, type Report } from '@waystation/deidentification';
import { ByteSource, encodeFileMeta, readFileMeta } from '@waystation/dicom';
import { Readable } from 'node:stream';

/** Enough of a file to hold its file meta information. */
const META_BYTES = 65_536;

/** How an object is de-identified. */
export interface InstanceRules {
  readonly profile: Profile;
  readonly secret: string;
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
  const source = new ByteSource(file);
  const { transferSyntaxUid, dataSetOffset } = readFileMeta(await source.peek(META_BYTES));
  await source.take(dataSetOffset, 'file meta information');
  const result = await deidentify(source.rest(), { ...rules, transferSyntaxUid });
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
