import { HeaderReader, type WantedElements } from '@waystation/dicom';
import type { ReinjectionRequested } from '@waystation/events';
import { CodedError, trimDicomUid } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { collectObject, type CollectedObject, type IncomingObject } from '../receive-instance/collect-object.js';

/** An object of the quarantine, and what its C-STORE says of it or would have had to. */
export interface QuarantinedObject extends CollectedObject {
  readonly command: Omit<IncomingObject, 'data'>;
}

/** What reading it needs. */
export interface Reading {
  readonly objects: Pick<ObjectStore, 'get'>;
  readonly spoolFolder: string;
  readonly wanted: WantedElements;
}

/**
 * Reads an object of the quarantine as if it came in now: hashed, its header read, behind file meta information that says what
 * was asked for.
 * @throws CodedError `ingest.quarantine-damaged` where the bytes are not those that came in; `object-store.missing`, and
 *   whatever reading a header and {@link collectObject} throw
 */
export const readQuarantined = async (
  request: ReinjectionRequested['data'],
  { objects, spoolFolder, wanted }: Reading,
): Promise<QuarantinedObject> => {
  const { object, sopClassUid, sopInstanceUid, transferSyntaxUid } = request;
  const dataSet = (): Promise<AsyncIterable<Buffer>> => objects.get(object.key, { offset: object.dataSetOffset });
  const uids =
    request.uidsFrom === 'command'
      ? { sopClassUid, sopInstanceUid }
      : await uidsIn(await dataSet(), transferSyntaxUid, wanted);
  const command = { ...uids, transferSyntaxUid };
  const collected = await collectObject(spoolFolder, { ...command, data: await dataSet() }, wanted);
  if (collected.object.sha256 !== object.sha256) {
    const message = `${object.key} hashes to ${collected.object.sha256}, and what came in to ${object.sha256}`;
    throw new CodedError('ingest.quarantine-damaged', message);
  }
  return { ...collected, command };
};

const uidsIn = async (
  dataSet: AsyncIterable<Buffer>,
  transferSyntaxUid: string,
  wanted: WantedElements,
): Promise<{ readonly sopClassUid: string; readonly sopInstanceUid: string }> => {
  const reader = new HeaderReader(transferSyntaxUid, {}, wanted);
  for await (const chunk of dataSet) reader.push(chunk);
  const { sopClassUid = '', sopInstanceUid = '' } = reader.end().uids;
  return { sopClassUid: trimDicomUid(sopClassUid), sopInstanceUid: trimDicomUid(sopInstanceUid) };
};
