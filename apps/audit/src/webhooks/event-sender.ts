import { readFile } from 'node:fs/promises';
import { toCloudEvent, type RecordedEvent, type Subscription } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { HttpEndpoint, verdictOn, type Verdict } from '@waystation/outbound-http';
import { secretsOf, signRequest } from './sign-request.js';

/** Sends events to an endpoint after the HTTP binding of CloudEvents 1.0, in structured or batched content mode, signed. */
export class EventSender {
  readonly #endpoint: HttpEndpoint;

  /** @param source CloudEvents source of the log */
  constructor(
    private readonly subscription: Subscription,
    private readonly source: string,
  ) {
    this.#endpoint = new HttpEndpoint(subscription);
  }

  /** Tries once. Never rejects. @param events several only where the subscription takes batches */
  async send(events: readonly RecordedEvent[], signal: AbortSignal): Promise<Verdict> {
    const { id, body, contentType } = this.#message(events);
    const secrets = await this.#secrets().catch((error: unknown) => messageOf(error));
    if (typeof secrets === 'string')
      return { kind: 'failed', code: 'webhook.secret-unreadable', reason: secrets, retryAfterMs: 0 };
    const headers = {
      'content-type': `${contentType}; charset=UTF-8`,
      'user-agent': 'Waystation',
      ...signRequest({ id, body, at: Date.now() }, secrets),
    };
    return verdictOn(await this.#endpoint.post(body, headers, signal));
  }

  /** Lets go of connections. */
  close(): void {
    this.#endpoint.close();
  }

  #message(events: readonly RecordedEvent[]): {
    readonly id: string;
    readonly body: string;
    readonly contentType: string;
  } {
    const contents = events.map((event) => toCloudEvent(event, this.source));
    const positions = events.map(({ position }) => position);
    return this.subscription.batch === undefined
      ? { id: String(positions[0]), body: JSON.stringify(contents[0]), contentType: 'application/cloudevents+json' }
      : {
          id: `${positions[0]}-${positions.at(-1)}`,
          body: JSON.stringify(contents),
          contentType: 'application/cloudevents-batch+json',
        };
  }

  /** The file is read each time: a secret that is changed there holds without another configuration. */
  async #secrets(): Promise<readonly string[]> {
    const { secretFile } = this.subscription;
    return secretFile === undefined ? [] : secretsOf(await readFile(secretFile, 'utf8'));
  }
}
