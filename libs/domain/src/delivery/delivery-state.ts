import type { DeliveryRequested, HoldReason } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { PersistentMap } from '../persistent-map.js';

export interface UnknownDelivery {
  readonly status: 'unknown';
}

export interface KnownDelivery {
  readonly status: 'waiting' | 'held' | 'attempting' | 'succeeded' | 'abandoned';
  readonly request: DeliveryRequested['data'];
  /** Attempts so far, over all rounds. */
  readonly attempt: number;
  /** Attempts since the request or since somebody asked again, without those that Waystation itself broke off. */
  readonly attemptsInRound: number;
  /** What it waits for; only while it is held. */
  readonly hold: HoldReason | undefined;
  /** An operator wants it sent whatever it would have to wait for. */
  readonly releasedByOperator: boolean;
  /** It has been written down that the delivery which had to be over before is. */
  readonly predecessorOver: boolean;
  /** Who makes or made the last attempt. */
  readonly worker: string | undefined;
  /** Whether any attempt was cut off or failed in doubt: objects without a receipt may have arrived all the same. */
  readonly mayRepeat: boolean;
  /** Receipts by SOP Instance UID. */
  readonly receipts: PersistentMap<string>;
  /** Why the last attempt failed. */
  readonly lastFailure: { readonly code: string; readonly reason: string } | undefined;
  /** The next attempt, or while it is held the next look at it, is due `delayMs` after this. Kept during the attempt, so that its timer stays claimed. */
  readonly waitingSince: Instant;
  readonly delayMs: number;
  /** When it succeeded or was given up; undefined while it goes on. */
  readonly endedAt?: Instant | undefined;
  /** Position of the event that made it wait: the cause of the next attempt. */
  readonly waitingPosition: number;
  /** Position of the last attempt's beginning: the cause of its receipts and its outcome. */
  readonly attemptPosition: number | undefined;
}

export type DeliveryState = UnknownDelivery | KnownDelivery;

export const unknownDelivery: DeliveryState = { status: 'unknown' };

/** Objects without a receipt. */
export const remainingOf = ({ request, receipts }: KnownDelivery): number =>
  Math.max(0, request.instances.count - receipts.size);
