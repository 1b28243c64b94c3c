import { configurationDecider, deliveryDecider, type FinishAttempt, type KnownDelivery } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { RetryPolicy, streamName, type EventMetadata, type Target } from '@waystation/events';
import { CodedError, hasCode, messageOf } from '@waystation/kernel';
import type { SendToTarget } from '../targets/send-to-target.js';
import type { Refusal } from '../targets/target-sender.js';
import { instancesToSend } from './instances-to-send.js';
import { leavesDoubt } from './leaves-doubt.js';
import { ReceiptBook } from './receipt-book.js';

type Failure = NonNullable<FinishAttempt['failure']>;

/**
 * One attempt: write down that it begins, send what has no receipt, write down every receipt and how it ended. Whoever
 * calls holds the delivery's timer; a second worker cannot win the same attempt, because the stream's version decides.
 */
export class AttemptDelivery {
  constructor(
    private readonly commands: CommandHandler,
    private readonly sendToTarget: SendToTarget,
    private readonly worker: string,
  ) {}

  /** @returns false where there was nothing to attempt any more */
  async run(stream: string, signal: AbortSignal): Promise<boolean> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const { state: waiting } = await this.commands.load(deliveryDecider, stream);
    if (waiting.status === 'unknown') throw new CodedError('dispatch.unknown-delivery', `the log has no ${stream}`);
    const { request } = waiting;
    const target = configuration.document.targets.find(({ name }) => name === request.target);
    const retry = target?.retry ?? RetryPolicy.parse({});
    const start = {
      kind: 'start-attempt',
      worker: this.worker,
      configurationVersion: configuration.version,
      retry,
    } as const;
    const { state } = await this.commands.handle(deliveryDecider, stream, start, {
      metadata: causedBy(request, waiting.waitingPosition),
    });
    if (state.status !== 'attempting') return false;
    const metadata = causedBy(request, state.attemptPosition);
    const startedAt = performance.now();
    const failure = await this.send(stream, state, target, metadata, signal);
    const finish: FinishAttempt = {
      kind: 'finish-attempt',
      attempt: state.attempt,
      durationMs: Math.round(performance.now() - startedAt),
      retry,
      jitter: Math.random(),
      ...(failure === undefined ? {} : { failure }),
    };
    await this.commands.handle(deliveryDecider, stream, finish, { metadata });
    return true;
  }

  /** @returns why the attempt did not succeed, or undefined */
  private async send(
    stream: string,
    state: KnownDelivery,
    target: Target | undefined,
    metadata: EventMetadata,
    signal: AbortSignal,
  ): Promise<Failure | undefined> {
    if (target === undefined) return unknownTarget(state.request.target);
    let book: ReceiptBook | undefined;
    try {
      const instances = await instancesToSend(this.commands, state);
      book = new ReceiptBook(this.commands, stream, state.attempt, metadata, instances);
      const receipts = book;
      await this.sendToTarget(target, instances, (receipt) => receipts.add(receipt), signal);
      await book.close();
      return book.refusals.length > 0 ? refused(target.name, book) : undefined;
    } catch (error) {
      // Receipts that came before the failure are facts: they spare those objects the next attempt.
      await book?.close();
      if (hasCode(error, 'delivery.superseded')) throw error;
      return failureOf(error, signal, book);
    }
  }
}

/** A delivery's events belong to its series; each names the event that led to it. */
const causedBy = ({ seriesInstanceUid }: KnownDelivery['request'], position: number | undefined): EventMetadata => ({
  correlationid: streamName.series(seriesInstanceUid),
  ...(position === undefined ? {} : { causationid: position }),
});

const unknownTarget = (target: string): Failure => ({
  code: 'dispatch.unknown-target',
  reason: `no target '${target}' is configured any more; configure it and ask for the delivery again`,
  retryable: false,
  by: 'target',
  uncertain: leavesDoubt('dispatch.unknown-target'),
  refusals: [],
});

const refused = (target: string, { refusals }: ReceiptBook): Failure => {
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

const inReport = ({ sopInstanceUid, receipt }: Refusal): Failure['refusals'][number] => ({ sopInstanceUid, receipt });

/** @param book opened when the objects are handed to the sender: before that, nothing can have arrived */
const failureOf = (error: unknown, signal: AbortSignal, book: ReceiptBook | undefined): Failure => {
  const code = signal.aborted ? 'dispatch.stopped' : error instanceof CodedError ? error.code : 'dispatch.failed';
  return {
    code,
    reason: signal.aborted ? 'the dispatcher was stopped in the middle of the attempt' : messageOf(error),
    retryable: true,
    by: signal.aborted ? 'waystation' : 'target',
    uncertain: book !== undefined && leavesDoubt(code, error instanceof CodedError ? error.details : {}),
    refusals: (book?.refusals ?? []).map(inReport),
  };
};
