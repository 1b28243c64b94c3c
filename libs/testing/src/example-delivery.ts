import {
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
  OffPeakHours,
  RetryPolicy,
  type HoldReason,
  type ReleaseReason,
} from '@waystation/events';
import { exampleSeries } from './example-series.js';

const delivery = 'c0ffee00c0ffee00c0ff';
const target = 'archive';
const retry: RetryPolicy = RetryPolicy.parse({
  attempts: 3,
  firstDelaySeconds: 10,
  factor: 2,
  longestDelaySeconds: 60,
});
const offPeak: OffPeakHours = OffPeakHours.parse({ from: '22:00', to: '06:00' });
const receipt = '0x0000';

const receiptOf = (number: number) => ({
  sopInstanceUid: exampleSeries.sopInstanceUid(number),
  sha256: exampleSeries.sha256(number),
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  receipt,
});

/** A delivery of the example series to an archive: what happens to it. */
export const exampleDelivery = {
  delivery,
  target,
  retry,
  /** From ten in the evening until six in the morning, UTC. */
  offPeak,
  receiptOf,

  /** `count` images are to go. */
  requested: (count: number, changes: Partial<DeliveryRequested['data']> = {}): DeliveryRequested =>
    DeliveryRequested.of({
      delivery,
      seriesInstanceUid: exampleSeries.seriesInstanceUid,
      studyInstanceUid: exampleSeries.studyInstanceUid,
      revision: 1,
      target,
      rules: ['CT to archive'],
      instances: { afterSequence: 0, throughSequence: count + 2, count },
      ...changes,
    }),

  held: (reason: HoldReason): DeliveryHeld => DeliveryHeld.of(reason),

  released: (reason: ReleaseReason): DeliveryReleased => DeliveryReleased.of(reason),

  attempted: (attempt: number, changes: Partial<DeliveryAttempted['data']> = {}): DeliveryAttempted =>
    DeliveryAttempted.of({
      attempt,
      worker: 'dispatch-1',
      target,
      configurationVersion: 1,
      instances: 2,
      mayRepeat: false,
      ...changes,
    }),

  /** The target acknowledged image `number`. */
  delivered: (number: number, attempt = 1): InstanceDelivered =>
    InstanceDelivered.of({ ...receiptOf(number), attempt }),

  succeeded: (attempt: number, instances: number, durationMs = 1200): DeliverySucceeded =>
    DeliverySucceeded.of({ attempt, instances, durationMs }),

  failed: (attempt: number, changes: Partial<DeliveryFailed['data']> = {}): DeliveryFailed =>
    DeliveryFailed.of({
      attempt,
      code: 'dicom.connection-refused',
      reason: 'nobody listens at 10.0.0.9:104',
      retryable: true,
      by: 'target',
      uncertain: false,
      delivered: 0,
      remaining: 2,
      refusals: [],
      ...changes,
    }),

  retryScheduled: (attempt: number, delayMs: number): DeliveryRetryScheduled =>
    DeliveryRetryScheduled.of({ attempt, delayMs }),

  interrupted: (attempt: number, changes: Partial<DeliveryInterrupted['data']> = {}): DeliveryInterrupted =>
    DeliveryInterrupted.of({ attempt, worker: 'dispatch-1', foundBy: 'dispatch-2', ...changes }),

  abandoned: (attempts: number, changes: Partial<DeliveryAbandoned['data']> = {}): DeliveryAbandoned =>
    DeliveryAbandoned.of({
      attempts,
      code: 'dicom.connection-refused',
      reason: 'nobody listens at 10.0.0.9:104',
      ...changes,
    }),

  redriven: (reason = 'the archive is back'): DeliveryRedriven => DeliveryRedriven.of({ reason }),
} as const;
