import { deliveryDecider, type FinishAttempt, type KnownDelivery } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { RetryPolicy, type EventMetadata, type Target } from '@waystation/events';
import { CodedError, hasCode, type Instant } from '@waystation/kernel';
import { untilLogIsBack } from '@waystation/service';
import type { SendToTarget } from '../targets/send-to-target.js';
import { brokenOff, refused, unknownTarget, type AttemptFailure } from './attempt-failure.js';
import { causeOf } from './cause-of.js';
import { circumstancesOf } from './circumstances-of.js';
import { instancesToSend } from './instances-to-send.js';
import { ReceiptBook } from './receipt-book.js';

/**
 * One attempt: write down that it begins, send what has no receipt, write down every receipt and how it ended. Whoever
 * calls holds the delivery's timer; a second worker cannot win the same attempt, because the stream's version decides.
 */
export class AttemptDelivery {
  /** Those of this process that are not over, whoever holds their timers meanwhile. */
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly commands: CommandHandler,
    private readonly sendToTarget: SendToTarget,
    private readonly worker: string,
  ) {}

  /**
   * @param now by the database's clock
   * @returns false where there was nothing to attempt any more, or where the delivery is held
   * @throws CodedError `dispatch.was-under-way` where an attempt of this process waited for the log while its lease ran
   *   out: it did not vanish, and what has to follow it is up to its timer
   */
  async run(stream: string, now: Instant, signal: AbortSignal): Promise<boolean> {
    const earlier = this.underWay.get(stream);
    if (earlier !== undefined) {
      await earlier.catch(() => undefined);
      throw new CodedError('dispatch.was-under-way', `an attempt of ${stream} was still under way here`);
    }
    const attempt = this.attempt(stream, now, signal).finally(() => this.underWay.delete(stream));
    this.underWay.set(stream, attempt);
    return attempt;
  }

  private async attempt(stream: string, now: Instant, signal: AbortSignal): Promise<boolean> {
    const { state: waiting } = await this.commands.load(deliveryDecider, stream);
    if (waiting.status === 'unknown') throw new CodedError('dispatch.unknown-delivery', `the log has no ${stream}`);
    const { request } = waiting;
    const { circumstances, configuration } = await circumstancesOf(this.commands, request, now);
    const target = configuration.document.targets.find(({ name }) => name === request.target);
    const retry = target?.retry ?? RetryPolicy.parse({});
    const start = { kind: 'start-attempt', worker: this.worker, retry, ...circumstances } as const;
    const { state } = await this.commands.handle(deliveryDecider, stream, start, {
      metadata: causeOf(request, waiting.waitingPosition),
    });
    if (state.status !== 'attempting') return false;
    const metadata = causeOf(request, state.attemptPosition);
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
    await untilLogIsBack(() => this.commands.handle(deliveryDecider, stream, finish, { metadata }), signal);
    return true;
  }

  /** @returns why the attempt did not succeed, or undefined */
  private async send(
    stream: string,
    state: KnownDelivery,
    target: Target | undefined,
    metadata: EventMetadata,
    signal: AbortSignal,
  ): Promise<AttemptFailure | undefined> {
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
      const receipts = book;
      await untilLogIsBack(async () => receipts?.close(), signal);
      if (hasCode(error, 'delivery.superseded')) throw error;
      return brokenOff(error, signal, book);
    }
  }
}
