import type { NotificationFailed, NotificationRequested, RetryPolicy } from '@waystation/events';

/** A rule asks to tell somebody. Asked again for the same, it is told once. */
export interface RequestNotification {
  readonly kind: 'request-notification';
  readonly request: NotificationRequested['data'];
}

/** Whoever holds the notification's timer begins an attempt. */
export interface StartNotifying {
  readonly kind: 'start-notifying';
  readonly worker: string;
  readonly configurationVersion: number;
  /** Whether the message may name the patient. */
  readonly identity: boolean;
  /** Ends a notification that makes every worker vanish. */
  readonly retry: RetryPolicy;
}

/** Why an attempt did not succeed. */
export type NotificationFailure = Omit<NotificationFailed['data'], 'attempt'> & {
  /** How long the other side asks to wait, milliseconds; 0 where it does not. */
  readonly retryAfterMs: number;
};

/** An attempt is over: there is a receipt, or it says why not. */
export interface FinishNotifying {
  readonly kind: 'finish-notifying';
  readonly attempt: number;
  readonly durationMs: number;
  readonly outcome: { readonly receipt: string } | NotificationFailure;
  readonly retry: RetryPolicy;
  /** A random number in [0, 1): spreads the retries of many notifications. */
  readonly jitter: number;
}

/** Somebody wants a notification tried again now. */
export interface RedriveNotification {
  readonly kind: 'redrive-notification';
  readonly reason: string;
}

export type NotificationCommand = RequestNotification | StartNotifying | FinishNotifying | RedriveNotification;
