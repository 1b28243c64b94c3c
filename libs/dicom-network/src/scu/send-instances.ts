import { CodedError } from '@waystation/kernel';
import { carryOut } from './carry-out.js';
import type { Peer } from './peer.js';
import { type AssociationPlan, planAssociations } from './plan-associations.js';
import { type OnReceipt, ReceiptDesk } from './receipt-desk.js';
import { ScuAssociation } from './scu-association.js';
import type { Alternatives, SendableInstance } from './sendable-instance.js';

export interface SendSummary {
  /** Associations that were opened. */
  readonly associations: number;
  /** Objects that were answered with success or a warning. */
  readonly stored: number;
  readonly refused: number;
}

export interface SendOptions {
  /** Associations at the same time, with the objects spread over them. Default 1. */
  readonly associations?: number | undefined;
  /**
   * Objects that may be sent ahead of their responses on one association, where the peer grants it (PS3.7 D.3.3.3).
   * Default 1: one at a time.
   */
  readonly operationsWindow?: number | undefined;
  /** Other forms of an object, proposed beside the stored one and sent where the peer refuses that. */
  readonly alternatives?: Alternatives | undefined;
}

/**
 * Sends objects by C-STORE (PS3.4 annex B), each in the transfer syntax it is stored in, or in an alternative where the
 * peer refuses that. Where one of several associations breaks, the others go on with what is not sent yet.
 * @param onReceipt called for one object after the other and awaited, so that what was reported stays true whatever
 *   happens next; with one association and a window of 1 in the order of the objects
 * @throws CodedError where an object has no receipt: `dicom-network.rejected`, `.unreachable`, `.timeout`,
 *   `.connection-lost`, `.aborted`, `.cancelled`, `.invalid-response`, `.unusable-maximum-length`, `.source-failed`,
 *   `.invalid-ae-title`, `.tls-not-spoken`, `.tls-refused`, `.tls-untrusted`, `.tls-wrong-name`, `.tls-failed`,
 *   `.tls-timeout`, `.tls-invalid` or a code of `protocolFault`; `details.unanswered` has the SOP Instance UIDs of the
 *   objects that may have arrived and were not answered, where there are any. Throws what `onReceipt` throws.
 */
export const sendInstances = async (
  peer: Peer,
  instances: readonly SendableInstance[],
  onReceipt: OnReceipt,
  options: SendOptions = {},
): Promise<SendSummary> => {
  const desk = new ReceiptDesk(onReceipt);
  let associations = 0;
  for (const plan of planAssociations(instances, options.alternatives)) {
    associations += await spread(peer, plan, desk, options);
  }
  return { associations, stored: desk.stored, refused: instances.length - desk.stored };
};

/** Carries out a plan over several associations that take from one queue. Gives how many were opened. */
const spread = async (
  peer: Peer,
  { contexts, sendings }: AssociationPlan,
  desk: ReceiptDesk,
  { associations = 1, operationsWindow }: SendOptions,
): Promise<number> => {
  const caller = {
    ...peer,
    signal: AbortSignal.any([desk.closed, ...(peer.signal === undefined ? [] : [peer.signal])]),
  };
  const before = desk.receipts;
  const answered = () => desk.receipts - before === sendings.length;
  const done = new AbortController();
  const queue = sendings.values();
  let opened = 0;
  const lane = async (): Promise<void> => {
    const association = await ScuAssociation.open(caller, contexts, { operationsWindow, unwanted: done.signal });
    opened += 1;
    await carryOut(association, queue, desk);
    // An association that is still being requested comes too late.
    if (answered()) done.abort();
  };
  const lanes = Array.from({ length: Math.min(associations, sendings.length) }, lane);
  const ends = await Promise.allSettled(lanes);
  if (desk.failure !== undefined) throw desk.failure.error;
  if (!answered()) throw failureOf(ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : [])));
  return opened;
};

const unansweredOf = (error: unknown): readonly unknown[] => {
  const unanswered = error instanceof CodedError ? error.details['unanswered'] : undefined;
  return Array.isArray(unanswered) ? unanswered : [];
};

/** The first failure stands for all of them, but for the objects, of which each has its own. */
const failureOf = (failures: readonly unknown[]): unknown => {
  const [first, ...others] = failures;
  if (!(first instanceof CodedError) || others.length === 0) return first;
  const unanswered = failures.flatMap(unansweredOf);
  const details = unanswered.length === 0 ? first.details : { ...first.details, unanswered };
  return new CodedError(first.code, first.message, { cause: first, details });
};
