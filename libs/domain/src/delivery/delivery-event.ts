import type {
  DeliveryAbandoned,
  DeliveryAttempted,
  DeliveryFailed,
  DeliveryHeld,
  DeliveryInterrupted,
  DeliveryRedriven,
  DeliveryReleased,
  DeliveryRequested,
  DeliveryRetryScheduled,
  DeliverySucceeded,
  InstanceDelivered,
} from '@waystation/events';

/** Everything that is written to `delivery/<id>`. */
export type DeliveryEvent =
  | DeliveryRequested
  | DeliveryHeld
  | DeliveryReleased
  | DeliveryAttempted
  | InstanceDelivered
  | DeliverySucceeded
  | DeliveryFailed
  | DeliveryRetryScheduled
  | DeliveryInterrupted
  | DeliveryAbandoned
  | DeliveryRedriven;
