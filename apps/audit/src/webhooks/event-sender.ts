import { readFile } from 'node:fs/promises';
import { toCloudEvent, type RecordedEvent, type Subscription } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { HttpEndpoint, verdictOn, type Verdict } from '@waystation/outbound-http';
import { secretsOf, signRequest } from './sign-request.js';

/** Sends events to an endpoint after the HTTP binding of CloudEvents 1.0, in structured content mode, signed. */
export class EventSender {
  readonly #endpoint: HttpEndpoint;

  /** @param source CloudEvents source of the log */
  constructor(
    private readonly subscription: Subscription,
    private readonly source: string,
  ) {
    this.#endpoint = new HttpEndpoint(subscription);
  }

  /** Tries once. Never rejects. */
  async send(event: RecordedEvent, signal: AbortSignal): Promise<Verdict> {
    const body = JSON.stringify(toCloudEvent(event, this.source));
    const secrets = await this.#secrets().catch((error: unknown) => messageOf(error));
    if (typeof secrets === 'string')
      return { kind: 'failed', code: 'webhook.secret-unreadable', reason: secrets, retryAfterMs: 0 };
    const headers = {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      'user-agent': 'Waystation',
      ...signRequest({ id: String(event.position), body, at: Date.now() }, secrets),
    };
    return verdictOn(await this.#endpoint.post(body, headers, signal));
  }

  /** Lets go of connections. */
  close(): void {
    this.#endpoint.close();
  }

  /** The file is read each time: a secret that is changed there holds without another configuration. */
  async #secrets(): Promise<readonly string[]> {
    const { secretFile } = this.subscription;
    return secretFile === undefined ? [] : secretsOf(await readFile(secretFile, 'utf8'));
  }
}
