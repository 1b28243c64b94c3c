import { addAbortSignal, type Readable } from 'node:stream';
import { messageOf } from '@waystation/kernel';
import { commandField } from '../dimse/command-field.js';
import { dimseStatuses } from '../dimse/dimse-statuses.js';
import { sendRequest } from './exchange.js';
import type { Outstanding } from './outstanding.js';
import type { Offer, Sending } from './plan-associations.js';
import type { ReceiptDesk } from './receipt-desk.js';
import type { ScuAssociation } from './scu-association.js';
import type { SendableInstance, SendReceipt } from './sendable-instance.js';

const PRIORITY_MEDIUM = 0;
const LAST_MESSAGE_ID = 0xffff;

/**
 * Sends over one association what it gets from a queue, as many objects ahead of their responses as the peer allows, and
 * releases it.
 * @param queue may be shared with others: an iterator of an array, which goes on where another one has broken off
 * @throws what ended the association, or what the desk throws
 */
export const carryOut = async (
  association: ScuAssociation,
  queue: Iterable<Sending>,
  desk: ReceiptDesk,
): Promise<void> => {
  const unanswered = new Set<Promise<void>>();
  let messageId = 0;
  try {
    for (const { instance, offers } of queue) {
      const offer = offers.find(({ context }) => association.accepts(context));
      if (offer === undefined) {
        await desk.take(notTaken(instance, offers));
        continue;
      }
      messageId = (messageId % LAST_MESSAGE_ID) + 1;
      const sent = await store(association, instance, offer, messageId);
      const answered = awaitAnswer(association, sent, instance, offer)
        .then((receipt) => desk.take(receipt))
        .then(() => void unanswered.delete(answered));
      // Whoever waits for it below hears of its failure; until then nobody may be there.
      answered.catch(() => undefined);
      unanswered.add(answered);
      if (unanswered.size >= association.operationsWindow) await Promise.race(unanswered);
    }
    await Promise.all(unanswered);
    await association.release();
  } catch (error) {
    association.fail(association.error('cancelled', `is not sent more: ${messageOf(error)}`));
    throw error;
  }
};

const notTaken = ({ sopClassUid, sopInstanceUid }: SendableInstance, offers: readonly Offer[]): SendReceipt => ({
  sopInstanceUid,
  status: dimseStatuses.sopClassNotSupported.code,
  comment: `not sent: the peer does not take ${sopClassUid} in ${offers.map(({ form }) => form.transferSyntaxUid).join(' or ')}`,
  transferSyntaxUid: undefined,
});

const store = async (
  association: ScuAssociation,
  { sopClassUid, sopInstanceUid }: SendableInstance,
  offer: Offer,
  messageId: number,
): Promise<Outstanding> => {
  const request = {
    commandField: commandField.storeRequest,
    hasDataSet: true,
    messageId,
    affectedSopClassUid: sopClassUid,
    affectedSopInstanceUid: sopInstanceUid,
    priority: PRIORITY_MEDIUM,
  };
  const source = await open(association, sopInstanceUid, offer);
  try {
    return await sendRequest(association, offer.context.id, request, source);
  } finally {
    source.destroy();
  }
};

const awaitAnswer = async (
  association: ScuAssociation,
  sent: Outstanding,
  { sopInstanceUid }: SendableInstance,
  { form }: Offer,
): Promise<SendReceipt> => {
  const { status = 0, errorComment } = await association.response(sent);
  return { sopInstanceUid, status, comment: errorComment, transferSyntaxUid: form.transferSyntaxUid };
};

const open = async (association: ScuAssociation, sopInstanceUid: string, { form }: Offer): Promise<Readable> => {
  try {
    // A source that stalls must not outlive the association.
    return addAbortSignal(association.ending, await form.open());
  } catch (error) {
    await association.settle().catch(() => undefined);
    throw association.error('source-failed', `cannot be sent ${sopInstanceUid}: ${messageOf(error)}`, error);
  }
};
