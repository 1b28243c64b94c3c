import type {
  NotificationAbandoned,
  NotificationAttempted,
  NotificationFailed,
  NotificationRedriven,
  NotificationRequested,
  NotificationRetryScheduled,
  NotificationSent,
} from '@waystation/events';

/** Everything that is written to `notification/<id>`. */
export type NotificationEvent =
  | NotificationRequested
  | NotificationAttempted
  | NotificationSent
  | NotificationFailed
  | NotificationRetryScheduled
  | NotificationAbandoned
  | NotificationRedriven;
