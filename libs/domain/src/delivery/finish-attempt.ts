import { DeliveryAbandoned, DeliveryFailed, DeliveryRetryScheduled, DeliverySucceeded } from '@waystation/events';
import type { FinishAttempt } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import type { KnownDelivery } from './delivery-state.js';
import { retryDelayMs } from './retry-delay.js';

/** Success where every object has a receipt; otherwise a failure and what follows from it. */
export const finishAttempt = (state: KnownDelivery, command: FinishAttempt): readonly DeliveryEvent[] => {
  const { attempt, durationMs } = command;
  const delivered = state.receipts.size;
  const remaining = state.request.instances.count - delivered;
  if (remaining === 0) return [DeliverySucceeded.of({ attempt, instances: delivered, durationMs })];
  const failure = command.failure ?? {
    code: 'delivery.incomplete',
    reason: `${remaining} of ${state.request.instances.count} objects have no receipt`,
    retryable: true,
    refusals: [],
  };
  const { code, reason, retryable } = failure;
  const refusals = failure.refusals.slice(0, 20).map((refusal) => ({ ...refusal }));
  const failed = DeliveryFailed.of({ attempt, code, reason, retryable, delivered, remaining, refusals });
  return retryable && state.attemptsInRound < command.retry.attempts
    ? [
        failed,
        DeliveryRetryScheduled.of({
          attempt: attempt + 1,
          delayMs: retryDelayMs(command.retry, state.attemptsInRound, command.jitter),
        }),
      ]
    : [failed, DeliveryAbandoned.of({ attempts: attempt, code, reason })];
};
