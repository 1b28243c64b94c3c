import type {
  DeliveryAbandoned,
  DeliveryAttempted,
  DeliveryFailed,
  DeliveryInterrupted,
  DeliveryRedriven,
  DeliveryRequested,
  DeliveryRetryScheduled,
  DeliverySucceeded,
  InstanceDelivered,
} from '@waystation/events';

/** Everything that is written to `delivery/<id>`. */
export type DeliveryEvent =
  | DeliveryRequested
  | DeliveryAttempted
  | InstanceDelivered
  | DeliverySucceeded
  | DeliveryFailed
  | DeliveryRetryScheduled
  | DeliveryInterrupted
  | DeliveryAbandoned
  | DeliveryRedriven;
