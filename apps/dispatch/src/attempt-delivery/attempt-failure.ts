import type { FinishAttempt } from '@waystation/domain';
import { CodedError, messageOf } from '@waystation/kernel';
import type { Refusal } from '../targets/target-sender.js';
import { isOwnFault } from './is-own-fault.js';
import { leavesDoubt } from './leaves-doubt.js';
import type { ReceiptBook } from './receipt-book.js';

/** Why an attempt did not succeed. */
export type AttemptFailure = NonNullable<FinishAttempt['failure']>;

/** The configuration has no such target any more. */
export const unknownTarget = (target: string): AttemptFailure => ({
  code: 'dispatch.unknown-target',
  reason: `no target '${target}' is configured any more; configure it and ask for the delivery again`,
  retryable: false,
  by: 'target',
  uncertain: leavesDoubt('dispatch.unknown-target'),
  refusals: [],
});

/** The target answered, and did not take all. */
export const refused = (target: string, { refusals }: ReceiptBook): AttemptFailure => {
  const [first] = refusals;
  const retryable = refusals.some(({ final }) => !final);
  const code = retryable ? 'dispatch.refused' : 'dispatch.unsendable';
  return {
    code,
    reason: `${target} did not take ${refusals.length} objects; the first, ${first?.sopInstanceUid ?? ''}: ${first?.receipt ?? ''}`,
    retryable,
    by: 'target',
    uncertain: leavesDoubt(code),
    refusals: refusals.map(inReport),
  };
};

/**
 * Sending broke off.
 * @param signal that told it to
 * @param book opened when the objects are handed to the sender: before that, nothing can have arrived
 */
export const brokenOff = (error: unknown, signal: AbortSignal, book: ReceiptBook | undefined): AttemptFailure => {
  const code = signal.aborted ? 'dispatch.stopped' : error instanceof CodedError ? error.code : 'dispatch.failed';
  return {
    code,
    reason: signal.aborted ? 'the dispatcher was stopped in the middle of the attempt' : messageOf(error),
    retryable: !(error instanceof CodedError && error.details['retryable'] === false),
    by: signal.aborted || isOwnFault(error) ? 'waystation' : 'target',
    atOnce: signal.aborted,
    uncertain: book !== undefined && leavesDoubt(code, error instanceof CodedError ? error.details : {}),
    refusals: (book?.refusals ?? []).map(inReport),
  };
};

const inReport = ({ sopInstanceUid, receipt }: Refusal): AttemptFailure['refusals'][number] => ({
  sopInstanceUid,
  receipt,
});
