import { NotificationRedriven, NotificationRequested } from '@waystation/events';
import { CodedError, unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import { evolveNotification } from './evolve-notification.js';
import type { NotificationCommand, RedriveNotification } from './notification-command.js';
import type { NotificationEvent } from './notification-event.js';
import { unknownNotification, type KnownNotification, type NotificationState } from './notification-state.js';
import { finishNotifying, startNotifying } from './notify-once.js';

/** The lane of a channel: the queue of its notifications. One that is dead delays no other. */
export const laneOfChannel = (channel: string): string => `notify/${channel}`;

/** The life of a notification: waiting, attempting, and either sent or, after the last retry, abandoned. */
export const notificationDecider: Decider<NotificationState, NotificationCommand, NotificationEvent> = {
  initial: unknownNotification,
  decide: (state, command) => {
    if (command.kind === 'request-notification')
      return state.status === 'unknown' ? [NotificationRequested.of(command.request)] : [];
    if (state.status === 'unknown')
      throw new CodedError('notification.unknown', 'there is no such notification: its stream has no events');
    switch (command.kind) {
      case 'start-notifying':
        return startNotifying(state, command);
      case 'finish-notifying':
        return finishNotifying(ownAttempt(state, command.attempt), command);
      case 'redrive-notification':
        return redrive(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveNotification,
  due: (state) =>
    state.status === 'waiting' || state.status === 'attempting'
      ? { queue: laneOfChannel(state.request.channel), since: state.waitingSince, afterMs: state.delayMs }
      : undefined,
};

const ownAttempt = (state: KnownNotification, attempt: number): KnownNotification => {
  if (state.status === 'attempting' && state.attempt === attempt) return state;
  throw new CodedError(
    'notification.superseded',
    `attempt ${attempt} of notification ${state.request.notification} is over: it is ${state.status}, attempt ${state.attempt}`,
  );
};

const redrive = (state: KnownNotification, { reason }: RedriveNotification): readonly NotificationEvent[] => {
  if (state.status === 'waiting' || state.status === 'abandoned') return [NotificationRedriven.of({ reason })];
  throw new CodedError(
    'notification.not-redrivable',
    `notification ${state.request.notification} is ${state.status}; only a waiting or abandoned one can be tried again`,
  );
};
