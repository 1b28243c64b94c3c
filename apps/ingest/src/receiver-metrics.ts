import { waystationMetrics, type Metrics } from '@waystation/observability';
import type { Outcome } from './associations/association-record.js';

/** What the receiver counts. */
export class ReceiverMetrics {
  private readonly instances;
  private readonly bytes;
  private readonly seconds;
  private readonly associations;
  private readonly open;

  constructor(metrics: Metrics) {
    this.instances = waystationMetrics.instancesStored(metrics);
    this.bytes = waystationMetrics.bytesStored(metrics);
    this.seconds = waystationMetrics.storeSeconds(metrics);
    this.associations = waystationMetrics.associations(metrics);
    this.open = waystationMetrics.associationsOpen(metrics);
  }

  received(outcome: Outcome, bytes: number): void {
    this.instances.add(1, { outcome });
    this.bytes.add(bytes);
  }

  /** @param seconds from the first byte of an object to the decision about its answer */
  answered(seconds: number): void {
    this.seconds.observe(seconds);
  }

  opened(): void {
    this.open.add(1);
  }

  ended(by: string): void {
    this.open.add(-1);
    this.associations.add(1, { ending: by });
  }

  rejected(): void {
    this.associations.add(1, { ending: 'rejected' });
  }
}
