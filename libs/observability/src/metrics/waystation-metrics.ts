import type { Counter } from './counter.js';
import type { Gauge, Reading } from './gauge.js';
import type { Histogram } from './histogram.js';
import type { Metrics } from './metrics.js';

type Collect = () => Promise<readonly Reading[]>;

const storeSeconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

/** The metrics of Waystation by their names; whoever needs one asks for it here, so that names and units are in one place. */
export const waystationMetrics = {
  instancesStored: (metrics: Metrics): Counter =>
    metrics.counter('waystation_instances_stored_total', 'Objects that were sent, by what became of them.'),
  bytesStored: (metrics: Metrics): Counter =>
    metrics.counter('waystation_stored_bytes_total', 'Bytes of objects made durable and acknowledged.'),
  storeSeconds: (metrics: Metrics): Histogram =>
    metrics.histogram(
      'waystation_store_seconds',
      'From the first byte of an object to its acknowledgement.',
      storeSeconds,
    ),
  associations: (metrics: Metrics): Counter =>
    metrics.counter('waystation_associations_total', 'Associations that ended or were rejected, by ending.'),
  associationsOpen: (metrics: Metrics): Gauge =>
    metrics.gauge('waystation_associations_open', 'Associations that are open.'),
  spoolObjects: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_spool_objects', 'Objects that were acknowledged and wait for the object store.', collect),
  spoolBytes: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_spool_bytes', 'Bytes of those objects.', collect),
  spoolOldestSeconds: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_spool_oldest_seconds', 'For how long the first of them has been waiting.', collect),
  deliveries: (metrics: Metrics): Counter =>
    metrics.counter('waystation_delivery_attempts_total', 'Attempts to deliver, by target and outcome.'),
  queueDepth: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_queue_depth', 'Work that waits, by queue.', collect),
  logHead: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_log_head_position', 'Position of the last event in the log.', collect),
  readModelLagPositions: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_read_model_lag_positions', 'Events that the read models have not taken in yet.', collect),
  readModelLagSeconds: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_read_model_lag_seconds', 'Since when the first of those events waits.', collect),
  webhookLagPositions: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_webhook_lag_positions', 'Events that a subscription has not been sent yet.', collect),
  webhookLagSeconds: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_webhook_lag_seconds', 'Since when the first of those events waits.', collect),
  webhookParked: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge('waystation_webhook_parked_events', 'Events that the endpoint of a subscription refused.', collect),
  auditMessageLagPositions: (metrics: Metrics, collect: Collect): Gauge =>
    metrics.gauge(
      'waystation_audit_message_lag_positions',
      'Events that the audit repository has not been told of yet.',
      collect,
    ),
} as const;
