import type { DeliveryFailed, InstanceDelivered, RetryPolicy } from '@waystation/events';

/** Whoever holds the delivery's timer begins an attempt. */
export interface StartAttempt {
  readonly kind: 'start-attempt';
  readonly worker: string;
  readonly configurationVersion: number;
  /** Ends a delivery that makes every worker vanish. */
  readonly retry: RetryPolicy;
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
    /** `waystation` where it broke the attempt off itself: such an attempt does not count and is made again at once. */
    readonly by: DeliveryFailed['data']['by'];
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

export type DeliveryCommand = StartAttempt | RecordReceipts | FinishAttempt | RedriveDelivery;
