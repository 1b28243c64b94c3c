import { open } from 'node:fs/promises';
import { HeaderReader, readFileMeta, wantedElements } from '@waystation/dicom';
import { instanceFacts } from '@waystation/domain';
import type { AdditionalFact, Facts } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';

/** No file meta information is nearly as long. */
const META_BYTES = 1024 * 1024;

/**
 * What rules see of an object in a file, without who sent it.
 * @param additional what is read beside the routing header
 * @throws CodedError `cli.no-dicom` with what is wrong with the file
 */
export const readDicomFacts = async (path: string, additional: readonly AdditionalFact[]): Promise<Facts> => {
  try {
    return await factsIn(path, additional);
  } catch (error) {
    throw new CodedError('cli.no-dicom', `${path} is no DICOM file: ${messageOf(error)}`, { cause: error });
  }
};

const factsIn = async (path: string, additional: readonly AdditionalFact[]): Promise<Facts> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(META_BYTES), 0, META_BYTES, 0);
    const { transferSyntaxUid, dataSetOffset } = readFileMeta(buffer.subarray(0, bytesRead));
    const reader = new HeaderReader(transferSyntaxUid, {}, wantedElements(additional));
    const stream = file.createReadStream({ start: dataSetOffset, autoClose: false });
    for await (const chunk of stream) reader.push(chunk as Buffer);
    const { facts, uids, warnings } = reader.end();
    const { sopClassUid = '', sopInstanceUid = '' } = uids;
    return { ...facts, ...instanceFacts({ sopClassUid, sopInstanceUid, transferSyntaxUid, warnings: [...warnings] }) };
  } finally {
    await file.close();
  }
};
