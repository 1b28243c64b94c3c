import { Readable } from 'node:stream';
import { sendInstances, type SendReceipt } from '@waystation/dicom-network';

/** An object as it goes over the network: what the C-STORE says of it, and its data set. */
export interface Sendable {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Buffer;
}

/** A data set of odd length cannot travel: what comes last gets the NUL that its writer forgot (PS3.8 E.1, PS3.5 A.5). */
export const asItTravels = ({ dataSet }: Sendable): Buffer =>
  dataSet.length % 2 === 0 ? dataSet : Buffer.concat([dataSet, Buffer.alloc(1)]);

export interface Calling {
  readonly calledAeTitle?: string;
  readonly callingAeTitle?: string;
  /** Told every answer as it comes; what it waits for holds the next object back. */
  readonly onReceipt?: (receipt: SendReceipt) => void | Promise<void>;
}

/**
 * Sends data sets byte for byte as they are, which DCMTK's senders do not. Answers with what was said of each, in the
 * order of sending.
 */
export const send = async (
  port: number,
  objects: readonly Sendable[],
  calling: Calling = {},
): Promise<readonly SendReceipt[]> => {
  const { calledAeTitle = 'WAYSTATION', callingAeTitle = 'SCANNER', onReceipt } = calling;
  const receipts: SendReceipt[] = [];
  const instances = objects.map(({ dataSet, ...uids }) => ({
    ...uids,
    open: () => Promise.resolve(Readable.from([dataSet])),
  }));
  await sendInstances({ host: '127.0.0.1', port, calledAeTitle, callingAeTitle }, instances, async (receipt) => {
    receipts.push(receipt);
    await onReceipt?.(receipt);
  });
  return receipts;
};

/** Sends objects that are all to be taken; throws where one is not. */
export const sendAll = async (port: number, objects: readonly Sendable[], calling?: Calling): Promise<void> => {
  for (const { sopInstanceUid, status, comment } of await send(port, objects, calling)) {
    if (status !== 0) throw new Error(`${sopInstanceUid} was answered 0x${status.toString(16)}: ${comment ?? ''}`);
  }
};
