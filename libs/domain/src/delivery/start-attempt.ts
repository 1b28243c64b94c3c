import { DeliveryAbandoned, DeliveryAttempted, DeliveryHeld, DeliveryInterrupted } from '@waystation/events';
import type { StartAttempt } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import { remainingOf, type KnownDelivery } from './delivery-state.js';
import { releasedByPredecessor } from './hold-and-release.js';
import { reasonToHold } from './reason-to-hold.js';

/**
 * Only the holder of the timer asks; an attempt that is still open then belongs to a worker that vanished. Where that
 * was the last attempt that the policy allows, the delivery is given up: it may be what makes workers vanish. A
 * delivery that may not be attempted now is held.
 */
export const startAttempt = (state: KnownDelivery, command: StartAttempt): readonly DeliveryEvent[] => {
  if (state.status === 'waiting') return heldOrAttempted(state, command);
  if (state.status !== 'attempting') return [];
  const { attempt, worker = 'unknown', attemptsInRound } = state;
  const interrupted = DeliveryInterrupted.of({ attempt, worker, foundBy: command.worker });
  return attemptsInRound >= command.retry.attempts && remainingOf(state) > 0
    ? [interrupted, abandoned(state, command)]
    : [interrupted, ...heldOrAttempted({ ...state, mayRepeat: true }, command)];
};

const heldOrAttempted = (state: KnownDelivery, command: StartAttempt): readonly DeliveryEvent[] => {
  const reason = reasonToHold(state, command);
  if (reason !== undefined) return [DeliveryHeld.of(reason)];
  // That the one before arrived is as it should be; that this one goes on without it has to be said.
  const goesOnWithout = command.predecessor === 'succeeded' ? [] : releasedByPredecessor(state, command);
  return [...goesOnWithout, attempted(state, command)];
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
