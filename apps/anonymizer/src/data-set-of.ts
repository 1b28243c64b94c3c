import { ByteSource, readFileMeta } from '@waystation/dicom';

/** Enough of a file to hold its file meta information. */
const META_BYTES = 65_536;

/** The data set of a Part 10 file, and its transfer syntax. Throws `dicom.not-a-file`. */
export const dataSetOf = async (
  file: AsyncIterable<Buffer>,
): Promise<{ readonly transferSyntaxUid: string; readonly pieces: AsyncIterable<Buffer> }> => {
  const source = new ByteSource(file);
  const { transferSyntaxUid, dataSetOffset } = readFileMeta(await source.peek(META_BYTES));
  await source.take(dataSetOffset, 'file meta information');
  return { transferSyntaxUid, pieces: source.rest() };
};
