import type { NotificationRequested } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

export interface UnknownNotification {
  readonly status: 'unknown';
}

export interface KnownNotification {
  readonly status: 'waiting' | 'attempting' | 'sent' | 'abandoned';
  readonly request: NotificationRequested['data'];
  /** Attempts so far, over all rounds. */
  readonly attempt: number;
  /** Attempts since the request or since somebody asked again, without those that Waystation itself broke off. */
  readonly attemptsInRound: number;
  /** Who makes or made the last attempt. */
  readonly worker: string | undefined;
  /** Whether any attempt was cut off or failed in doubt: it may have arrived all the same. */
  readonly mayRepeat: boolean;
  /** Why the last attempt failed. */
  readonly lastFailure: { readonly code: string; readonly reason: string } | undefined;
  /** The next attempt is due `delayMs` after this. Kept during the attempt, so that its timer stays claimed. */
  readonly waitingSince: Instant;
  readonly delayMs: number;
  /** Position of the event that made it wait: the cause of the next attempt. */
  readonly waitingPosition: number;
  /** Position of the last attempt's beginning: the cause of its outcome. */
  readonly attemptPosition: number | undefined;
}

export type NotificationState = UnknownNotification | KnownNotification;

export const unknownNotification: NotificationState = { status: 'unknown' };
