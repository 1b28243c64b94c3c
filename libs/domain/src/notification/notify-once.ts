import {
  NotificationAbandoned,
  NotificationAttempted,
  NotificationFailed,
  NotificationRetryScheduled,
  NotificationSent,
} from '@waystation/events';
import { retryDelayMs } from '../delivery/retry-delay.js';
import type { FinishNotifying, NotificationFailure, StartNotifying } from './notification-command.js';
import type { NotificationEvent } from './notification-event.js';
import type { KnownNotification } from './notification-state.js';

/**
 * Only the holder of the timer asks; an attempt that is still open then belongs to a worker that vanished, somewhere
 * between the message and its receipt. It is made again and says so; as often as the policy allows.
 */
export const startNotifying = (state: KnownNotification, command: StartNotifying): readonly NotificationEvent[] => {
  if (state.status === 'sent' || state.status === 'abandoned') return [];
  const { attempt, attemptsInRound, request, worker } = state;
  const isTakenOver = state.status === 'attempting';
  if (isTakenOver && attemptsInRound >= command.retry.attempts) {
    const reason = `the worker vanished in the middle of attempt ${attempt}, the last of ${command.retry.attempts} that the policy allows`;
    return [NotificationAbandoned.of({ attempts: attempt, code: 'notification.interrupted-too-often', reason })];
  }
  return [
    NotificationAttempted.of({
      attempt: attempt + 1,
      worker: command.worker,
      channel: request.channel,
      configurationVersion: command.configurationVersion,
      identity: command.identity,
      mayRepeat: state.mayRepeat || isTakenOver,
      ...(isTakenOver && worker !== undefined ? { takenOverFrom: worker } : {}),
    }),
  ];
};

/** A receipt, or a failure and what follows from it. */
export const finishNotifying = (state: KnownNotification, command: FinishNotifying): readonly NotificationEvent[] => {
  const { attempt, durationMs, outcome } = command;
  if ('receipt' in outcome) return [NotificationSent.of({ attempt, receipt: outcome.receipt, durationMs })];
  const { retryAfterMs, ...failure } = outcome;
  const failed = NotificationFailed.of({ attempt, ...failure });
  const delayMs = delayOf(state, command, outcome);
  return delayMs === undefined
    ? [failed, NotificationAbandoned.of({ attempts: attempt, code: failure.code, reason: failure.reason })]
    : [failed, NotificationRetryScheduled.of({ attempt: attempt + 1, delayMs: Math.max(delayMs, retryAfterMs) })];
};

/** Milliseconds until the next attempt; undefined where there is none. A stop is not the channel's fault. */
const delayOf = (
  { attemptsInRound }: KnownNotification,
  { retry, jitter }: FinishNotifying,
  { by, retryable }: NotificationFailure,
): number | undefined => {
  if (by === 'waystation') return 0;
  return retryable && attemptsInRound < retry.attempts ? retryDelayMs(retry, attemptsInRound, jitter) : undefined;
};
