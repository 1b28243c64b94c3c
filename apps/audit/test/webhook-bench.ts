import { AssociationReleased, ConfigurationDocument, streamName, type RecordedEvent } from '@waystation/events';
import type { SubscriptionLine } from '@waystation/answers';
import type { AuditService } from './audit-service.js';
import { HistoryWriter } from './write-history.js';

/** Tries again soon. */
export const eager = { firstDelaySeconds: 0.05, longestDelaySeconds: 0.2 };

/** Does what is needed to see webhooks work. */
export class WebhookBench {
  #names = 0;
  readonly #history: HistoryWriter;

  constructor(private readonly audit: AuditService) {
    this.#history = new HistoryWriter(audit.platform.log);
  }

  /** A name that no subscription has had. */
  nameOf(): string {
    return `ris ${++this.#names}`;
  }

  /** Brings these subscriptions into force, and no others. */
  publish(subscriptions: readonly object[]): Promise<void> {
    const eagerOnes = subscriptions.map((one) => ({ retry: eager, ...one }));
    return this.#history.publish(ConfigurationDocument.parse({ subscriptions: eagerOnes }), `for ${this.#names}`);
  }

  /** One event, in the stream of an association. */
  async append(id: string, stored: number): Promise<RecordedEvent> {
    const nothing = { duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 0, durationMs: 1 };
    const events = [AssociationReleased.of({ ...nothing, stored })];
    const [event] = await this.audit.platform.log.append({
      time: new Date().toISOString(),
      metadata: {},
      parts: [{ stream: streamName.association(id), expected: 'any', events }],
    });
    if (!event) throw new Error('one event was appended');
    return event;
  }

  /** So many, numbered. @returns their positions */
  async several(id: string, count: number): Promise<readonly number[]> {
    const positions: number[] = [];
    for (let number = 1; number <= count; number++) positions.push((await this.append(id, number)).position);
    return positions;
  }

  async reportOf(name: string): Promise<SubscriptionLine> {
    const response = await fetch(`${this.audit.url}/api/subscriptions`);
    const report = ((await response.json()) as readonly SubscriptionLine[]).find((one) => one.name === name);
    if (!report) throw new Error(`${name} is not reported`);
    return report;
  }

  /** What the log says of a subscription. */
  async typesIn(name: string): Promise<readonly string[]> {
    return (await this.audit.platform.log.readStream(streamName.subscription(name))).map(({ type }) => type);
  }
}
