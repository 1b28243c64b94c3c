import { dimseStatus, isFailure, sendInstances } from '@waystation/dicom-network';
import type { DicomTarget } from '@waystation/events';
import type { ObjectStore } from '@waystation/object-store';
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
    const { host, port, calledAeTitle, callingAeTitle, timeoutSeconds } = target;
    await sendInstances(
      { host, port, calledAeTitle, callingAeTitle, timeoutMs: timeoutSeconds * 1000, signal },
      instances.map(({ sopClassUid, sopInstanceUid, transferSyntaxUid, object }) => ({
        sopClassUid,
        sopInstanceUid,
        transferSyntaxUid,
        open: () => this.objects.get(object.key, { offset: object.dataSetOffset }),
      })),
      ({ sopInstanceUid, status }) =>
        onReceipt({ sopInstanceUid, accepted: !isFailure(status), receipt: dimseStatus(status) }),
    );
  }
}
