import { addAbortSignal, type Readable } from 'node:stream';
import { messageOf } from '@waystation/kernel';
import { commandField } from '../dimse/command-field.js';
import { isFailure } from '../dimse/dimse-status.js';
import { dimseStatuses } from '../dimse/dimse-statuses.js';
import { exchange } from './exchange.js';
import type { Peer } from './peer.js';
import { type AssociationPlan, planAssociations, type Sending } from './plan-associations.js';
import { ScuAssociation } from './scu-association.js';
import type { SendableInstance, SendReceipt } from './sendable-instance.js';

export interface SendSummary {
  readonly associations: number;
  /** Objects that were answered with success or a warning. */
  readonly stored: number;
  readonly refused: number;
}

export type OnReceipt = (receipt: SendReceipt) => void | Promise<void>;

const PRIORITY_MEDIUM = 0;

/**
 * Sends objects by C-STORE (PS3.4 annex B), one after the other, each in the transfer syntax it is stored in.
 * @param onReceipt awaited after each object, so that what was reported stays true whatever happens next
 * @throws CodedError `dicom-network.rejected`, `.unreachable`, `.timeout`, `.connection-lost`, `.aborted`, `.cancelled`,
 *   `.invalid-response`, `.unusable-maximum-length`, `.source-failed`, `.invalid-ae-title` or a code of `protocolFault`;
 *   `details.unanswered` is the SOP Instance UID of the object that may have arrived and was not answered
 */
export const sendInstances = async (
  peer: Peer,
  instances: readonly SendableInstance[],
  onReceipt: OnReceipt,
): Promise<SendSummary> => {
  const plans = planAssociations(instances);
  let stored = 0;
  const count = async (receipt: SendReceipt): Promise<void> => {
    if (!isFailure(receipt.status)) stored += 1;
    await onReceipt(receipt);
  };
  for (const plan of plans) await carryOut(peer, plan, count);
  return { associations: plans.length, stored, refused: instances.length - stored };
};

const carryOut = async (peer: Peer, plan: AssociationPlan, onReceipt: OnReceipt): Promise<void> => {
  const association = await ScuAssociation.open(peer, plan.contexts);
  try {
    let messageId = 0;
    for (const sending of plan.sendings) {
      messageId = (messageId % 0xffff) + 1;
      await onReceipt(
        association.accepts(sending.context) ? await store(association, sending, messageId) : notTaken(sending),
      );
    }
    await association.release();
  } catch (error) {
    association.fail(association.error('cancelled', `is not sent more: ${messageOf(error)}`));
    throw error;
  }
};

const notTaken = ({ instance }: Sending): SendReceipt => ({
  sopInstanceUid: instance.sopInstanceUid,
  status: dimseStatuses.sopClassNotSupported.code,
  comment: `not sent: the peer does not take ${instance.sopClassUid} in ${instance.transferSyntaxUid}`,
});

const store = async (
  association: ScuAssociation,
  { instance, context }: Sending,
  messageId: number,
): Promise<SendReceipt> => {
  const { sopClassUid, sopInstanceUid } = instance;
  const request = {
    commandField: commandField.storeRequest,
    hasDataSet: true,
    messageId,
    affectedSopClassUid: sopClassUid,
    affectedSopInstanceUid: sopInstanceUid,
    priority: PRIORITY_MEDIUM,
  };
  const source = await open(association, instance);
  try {
    const { status = 0, errorComment } = await exchange(association, context.id, request, source);
    return { sopInstanceUid, status, comment: errorComment };
  } finally {
    source.destroy();
  }
};

const open = async (association: ScuAssociation, instance: SendableInstance): Promise<Readable> => {
  try {
    // A source that stalls must not outlive the association.
    return addAbortSignal(association.ending, await instance.open());
  } catch (error) {
    const what = `cannot be sent ${instance.sopInstanceUid}: ${messageOf(error)}`;
    throw association.error('source-failed', what, error);
  }
};
