import type { DecodeFrame } from '@waystation/dicom';
import { sendInstances, type Peer, type SendableInstance } from '@waystation/dicom-network';
import type { DicomTarget } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { ObjectStore } from '@waystation/object-store';
import { uncompressedForms } from '../transcode/uncompressed-forms.js';
import { clientTlsOf } from './client-tls-of.js';
import { receiptOf, unsendable } from './receipt-of.js';
import type { OutgoingInstance, TargetReceipt, TargetSender } from './target-sender.js';

type Answer = (receipt: TargetReceipt) => Promise<void>;

/**
 * Sends objects by C-STORE, each in the transfer syntax it is stored in, its data set bit by bit as it came; without
 * compression where the target refuses that and may be sent something else.
 */
export class DicomSender implements TargetSender<DicomTarget> {
  constructor(
    private readonly objects: ObjectStore,
    private readonly decodeFrame: DecodeFrame,
  ) {}

  async send(
    target: DicomTarget,
    instances: readonly OutgoingInstance[],
    onReceipt: Answer,
    signal: AbortSignal,
  ): Promise<void> {
    const waiting = new Map(instances.map((instance) => [instance.sopInstanceUid, this.sendable(instance)]));
    const answer: Answer = async (receipt) => {
      waiting.delete(receipt.sopInstanceUid);
      await onReceipt(receipt);
    };
    while (waiting.size > 0) {
      const broken = new Map<string, TargetReceipt>();
      try {
        await this.sendOnce(target, [...waiting.values()], answer, broken, signal);
      } catch (error) {
        // An object that cannot be rewritten ends its association: the others are sent over another one.
        for (const refusal of broken.values()) await answer(refusal);
        if (broken.size === 0 || unansweredOf(error).some((uid) => !broken.has(uid))) throw error;
      }
    }
  }

  private async sendOnce(
    target: DicomTarget,
    instances: readonly SendableInstance[],
    answer: Answer,
    broken: Map<string, TargetReceipt>,
    signal: AbortSignal,
  ): Promise<void> {
    const { associations, operationsWindow, transcode } = target;
    const stored = new Map(instances.map((each) => [each.sopInstanceUid, each.transferSyntaxUid]));
    const alternatives = (instance: SendableInstance) =>
      uncompressedForms(instance, this.decodeFrame, (why) =>
        broken.set(instance.sopInstanceUid, unsendable(instance, why)),
      );
    await sendInstances(
      { ...(await peerOf(target)), signal },
      instances,
      (receipt) => answer(receiptOf(receipt, target, stored.get(receipt.sopInstanceUid) ?? '')),
      { associations, operationsWindow, ...(transcode === 'never' ? {} : { alternatives }) },
    );
  }

  private sendable({ sopClassUid, sopInstanceUid, transferSyntaxUid, object }: OutgoingInstance): SendableInstance {
    return {
      sopClassUid,
      sopInstanceUid,
      transferSyntaxUid,
      open: () => this.objects.get(object.key, { offset: object.dataSetOffset }),
    };
  }
}

/** Objects that may have arrived without an answer. */
const unansweredOf = (error: unknown): readonly string[] => {
  const unanswered = error instanceof CodedError ? error.details['unanswered'] : undefined;
  return Array.isArray(unanswered) ? unanswered.map(String) : [];
};

const peerOf = async (target: DicomTarget): Promise<Peer> => {
  const { host, port, calledAeTitle, callingAeTitle, timeoutSeconds, maximumPduLength } = target;
  const node = { host, port, calledAeTitle, callingAeTitle, maximumLength: maximumPduLength };
  return { ...node, timeoutMs: timeoutSeconds * 1000, tls: await clientTlsOf(target) };
};
