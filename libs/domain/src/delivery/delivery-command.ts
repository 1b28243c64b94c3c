import type { DeliveryFailed, InstanceDelivered, RetryPolicy } from '@waystation/events';
import type { Circumstances } from './circumstances.js';

/** Whoever holds the delivery's timer begins an attempt, where nothing says that it has to wait. */
export interface StartAttempt extends Circumstances {
  readonly kind: 'start-attempt';
  readonly worker: string;
  /** Ends a delivery that makes every worker vanish. */
  readonly retry: RetryPolicy;
}

/** What a held delivery waits for may have come. */
export interface ReviewHold extends Circumstances {
  readonly kind: 'review-hold';
}

/** The target acknowledged objects. */
export interface RecordReceipts {
  readonly kind: 'record-receipts';
  readonly attempt: number;
  readonly receipts: readonly Omit<InstanceDelivered['data'], 'attempt'>[];
}

/** An attempt is over: every object has a receipt, or it says why not. */
export interface FinishAttempt {
  readonly kind: 'finish-attempt';
  readonly attempt: number;
  readonly durationMs: number;
  readonly failure?: {
    readonly code: string;
    readonly reason: string;
    readonly retryable: boolean;
    /** `waystation` where the reason is its own: such an attempt does not count. */
    readonly by: DeliveryFailed['data']['by'];
    /** Nothing keeps another attempt from succeeding now: nobody has to wait. Only where it is not the target's fault. */
    readonly atOnce?: boolean;
    /** Objects without a receipt may have arrived all the same. */
    readonly uncertain: boolean;
    readonly refusals: readonly { readonly sopInstanceUid: string; readonly receipt: string }[];
  };
  readonly retry: RetryPolicy;
  /** A random number in [0, 1): spreads the retries of many deliveries. */
  readonly jitter: number;
}

/** Somebody wants a delivery tried again now. */
export interface RedriveDelivery {
  readonly kind: 'redrive-delivery';
  readonly reason: string;
}

/** Somebody wants a delivery to wait. */
export interface HoldDelivery {
  readonly kind: 'hold-delivery';
  /** Why, in their own words. */
  readonly note: string;
}

/** Somebody wants a delivery sent now, at whatever hour and whether or not the one before it is over. */
export interface ReleaseDelivery {
  readonly kind: 'release-delivery';
  /** Why, in their own words. */
  readonly note: string;
}

export type DeliveryCommand =
  StartAttempt | ReviewHold | RecordReceipts | FinishAttempt | RedriveDelivery | HoldDelivery | ReleaseDelivery;
