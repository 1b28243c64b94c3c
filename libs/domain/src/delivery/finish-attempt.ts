import { DeliveryAbandoned, DeliveryFailed, DeliveryRetryScheduled, DeliverySucceeded } from '@waystation/events';
import { plural } from '@waystation/kernel';
import type { FinishAttempt } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import { remainingOf, type KnownDelivery } from './delivery-state.js';
import { retryDelayMs } from './retry-delay.js';

/** Success where every object has a receipt; otherwise a failure and what follows from it. */
export const finishAttempt = (state: KnownDelivery, command: FinishAttempt): readonly DeliveryEvent[] => {
  const { attempt, durationMs } = command;
  const delivered = state.receipts.size;
  const remaining = remainingOf(state);
  if (remaining === 0) return [DeliverySucceeded.of({ attempt, instances: delivered, durationMs })];
  const {
    refusals,
    atOnce = false,
    ...failure
  } = command.failure ?? unexplained(remaining, state.request.instances.count);
  const failed = DeliveryFailed.of({
    attempt,
    ...failure,
    delivered,
    remaining,
    refusals: refusals.slice(0, 20).map((refusal) => ({ ...refusal })),
  });
  const delayMs = failure.retryable ? delayOf(state, command, { by: failure.by, atOnce }) : undefined;
  return delayMs === undefined
    ? [failed, DeliveryAbandoned.of({ attempts: attempt, code: failure.code, reason: failure.reason })]
    : [failed, DeliveryRetryScheduled.of({ attempt: attempt + 1, delayMs })];
};

type Failure = NonNullable<FinishAttempt['failure']>;

/** Milliseconds until the next attempt; undefined where there is none. What is not the target's fault costs it none. */
const delayOf = (
  { attemptsInRound }: KnownDelivery,
  { retry, jitter }: FinishAttempt,
  { by, atOnce }: Required<Pick<Failure, 'by' | 'atOnce'>>,
): number | undefined => {
  if (by === 'waystation') return atOnce ? 0 : retryDelayMs(retry, 1, jitter);
  return attemptsInRound < retry.attempts ? retryDelayMs(retry, attemptsInRound, jitter) : undefined;
};

const unexplained = (remaining: number, count: number): Failure => ({
  code: 'delivery.incomplete',
  reason: `no receipt for ${remaining} of ${plural(count, 'object')}`,
  retryable: true,
  by: 'target',
  uncertain: true,
  refusals: [],
});
