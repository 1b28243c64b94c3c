import { dimseStatus, isFailure, sendInstances, type Peer } from '@waystation/dicom-network';
import type { DicomTarget } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
import { clientTlsOf } from './client-tls-of.js';
import type { OutgoingInstance, TargetReceipt, TargetSender } from './target-sender.js';

/** Sends objects by C-STORE, each in the transfer syntax it is stored in, its data set bit by bit as it came. */
export class DicomSender implements TargetSender<DicomTarget> {
  constructor(private readonly objects: ObjectStore) {}

  async send(
    target: DicomTarget,
    instances: readonly OutgoingInstance[],
    onReceipt: (receipt: TargetReceipt) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    const { associations, operationsWindow } = target;
    await sendInstances(
      { ...(await peerOf(target)), signal },
      instances.map(({ sopClassUid, sopInstanceUid, transferSyntaxUid, object }) => ({
        sopClassUid,
        sopInstanceUid,
        transferSyntaxUid,
        open: () => this.objects.get(object.key, { offset: object.dataSetOffset }),
      })),
      ({ sopInstanceUid, status }) =>
        onReceipt({ sopInstanceUid, accepted: !isFailure(status), receipt: dimseStatus(status) }),
      { associations, operationsWindow },
    );
  }
}

const peerOf = async (target: DicomTarget): Promise<Peer> => {
  const { host, port, calledAeTitle, callingAeTitle, timeoutSeconds, maximumPduLength } = target;
  const node = { host, port, calledAeTitle, callingAeTitle, maximumLength: maximumPduLength };
  return { ...node, timeoutMs: timeoutSeconds * 1000, tls: await clientTlsOf(target) };
};
