import type { NotificationAttempted, NotificationFailed, Recorded, RecordedEvent } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import type { NotificationEvent } from './notification-event.js';
import type { KnownNotification, NotificationState } from './notification-state.js';

/** What an event makes of a notification. */
export const evolveNotification = (state: NotificationState, event: Recorded<NotificationEvent>): NotificationState => {
  if (event.type === 'notification.requested.v1') {
    return {
      status: 'waiting',
      request: event.data,
      attempt: 0,
      attemptsInRound: 0,
      worker: undefined,
      mayRepeat: false,
      lastFailure: undefined,
      waitingSince: event.recordedtime,
      delayMs: 0,
      waitingPosition: event.position,
      attemptPosition: undefined,
    };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'notification.attempted.v1':
      return attempted(state, event);
    case 'notification.sent.v1':
      return { ...state, status: 'sent' };
    case 'notification.failed.v1':
      return failed(state, event);
    case 'notification.retry-scheduled.v1':
      return { ...waiting(state, event), delayMs: event.data.delayMs };
    case 'notification.abandoned.v1':
      return { ...state, status: 'abandoned' };
    case 'notification.redriven.v1':
      return { ...waiting(state, event), attemptsInRound: 0, delayMs: 0 };
    default:
      return unreachable(event);
  }
};

const waiting = (state: KnownNotification, { position, recordedtime }: RecordedEvent): KnownNotification => ({
  ...state,
  status: 'waiting',
  waitingSince: recordedtime,
  waitingPosition: position,
});

const attempted = (
  state: KnownNotification,
  { data, position }: RecordedEvent<NotificationAttempted>,
): KnownNotification => ({
  ...state,
  status: 'attempting',
  attempt: data.attempt,
  attemptsInRound: state.attemptsInRound + 1,
  worker: data.worker,
  mayRepeat: data.mayRepeat,
  attemptPosition: position,
});

const failed = (state: KnownNotification, { data }: RecordedEvent<NotificationFailed>): KnownNotification => ({
  ...state,
  attemptsInRound: Math.max(0, state.attemptsInRound - (data.by === 'waystation' ? 1 : 0)),
  mayRepeat: state.mayRepeat || data.uncertain,
  lastFailure: { code: data.code, reason: data.reason },
});
