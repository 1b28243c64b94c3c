import { DeliveryAbandoned, DeliveryAttempted, DeliveryInterrupted } from '@waystation/events';
import type { StartAttempt } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import { remainingOf, type KnownDelivery } from './delivery-state.js';

/**
 * Only the holder of the timer asks; an attempt that is still open then belongs to a worker that vanished. Where that
 * was the last attempt that the policy allows, the delivery is given up: it may be what makes workers vanish.
 */
export const startAttempt = (state: KnownDelivery, command: StartAttempt): readonly DeliveryEvent[] => {
  if (state.status === 'succeeded' || state.status === 'abandoned') return [];
  if (state.status === 'waiting') return [attempted(state, command)];
  const { attempt, worker = 'unknown', attemptsInRound } = state;
  const interrupted = DeliveryInterrupted.of({ attempt, worker, foundBy: command.worker });
  return attemptsInRound >= command.retry.attempts && remainingOf(state) > 0
    ? [interrupted, abandoned(state, command)]
    : [interrupted, attempted({ ...state, mayRepeat: true }, command)];
};

const attempted = (state: KnownDelivery, { worker, configurationVersion }: StartAttempt): DeliveryAttempted =>
  DeliveryAttempted.of({
    attempt: state.attempt + 1,
    worker,
    target: state.request.target,
    configurationVersion,
    instances: remainingOf(state),
    mayRepeat: state.mayRepeat,
  });

const abandoned = ({ attempt }: KnownDelivery, { retry }: StartAttempt): DeliveryAbandoned =>
  DeliveryAbandoned.of({
    attempts: attempt,
    code: 'delivery.interrupted-too-often',
    reason: `the dispatcher vanished in the middle of attempt ${attempt}, the last of ${retry.attempts} that the policy allows`,
  });
