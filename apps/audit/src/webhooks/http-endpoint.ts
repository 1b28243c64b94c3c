import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Subscription } from '@waystation/events';
import { CodedError, messageOf } from '@waystation/kernel';
import { retryAfterMs, type Answer } from './answer.js';
import { allowedLookup, assertAllowedHost } from './forbidden-addresses.js';

/** What else an answer says interests nobody here; it is read so that the connection can be used again. */
const LONGEST_ANSWER = 65_536;

/**
 * An endpoint over HTTP. Goes where the URL says and nowhere else: redirects are answers like others, proxies of the
 * environment are not asked, and nothing of what is answered is kept but the status.
 */
export class HttpEndpoint {
  readonly #url: URL;
  #agent: HttpAgent | undefined;
  #authorities: string | undefined;

  constructor(private readonly subscription: Pick<Subscription, 'url' | 'caFile' | 'timeoutSeconds'>) {
    this.#url = new URL(subscription.url);
  }

  /** Sends one request, and tells what came of it. Never rejects. */
  async post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    try {
      assertAllowedHost(this.#url.hostname);
      const agent = await this.#agentFor();
      const send = this.#url.protocol === 'https:' ? requestHttps : requestHttp;
      const timeout = AbortSignal.timeout(this.subscription.timeoutSeconds * 1000);
      const bytes = Buffer.from(body);
      const request = send(this.#url, {
        method: 'POST',
        agent,
        lookup: allowedLookup,
        headers: { ...headers, 'content-length': bytes.length },
        signal: AbortSignal.any([signal, timeout]),
      });
      const response = await answerTo(request, bytes).catch((error: unknown) => {
        if (!timeout.aborted) throw error;
        const sentence = `no answer within ${this.subscription.timeoutSeconds} s`;
        throw new CodedError('webhook.timeout', sentence, { cause: error });
      });
      return response;
    } catch (error) {
      return { code: codeOf(error), reason: messageOf(error) };
    }
  }

  /** Lets go of connections. */
  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
  }

  /** The file is read each time: authorities that are changed there hold without another configuration. */
  async #agentFor(): Promise<HttpAgent> {
    const { caFile } = this.subscription;
    const authorities = caFile === undefined ? undefined : await readFile(caFile, 'utf8');
    if (this.#agent !== undefined && authorities === this.#authorities) return this.#agent;
    this.close();
    this.#authorities = authorities;
    const options = { keepAlive: true, maxSockets: 1 };
    this.#agent =
      this.#url.protocol === 'https:'
        ? new HttpsAgent({
            ...options,
            minVersion: 'TLSv1.2',
            ...(authorities === undefined ? {} : { ca: authorities }),
          })
        : new HttpAgent(options);
    return this.#agent;
  }
}

const answerTo = (request: ClientRequest, body: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > LONGEST_ANSWER) response.destroy();
      });
      const wait = retryAfterMs(response.headers['retry-after'], Date.now());
      const answer = { status: response.statusCode ?? 0, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
      // An answer that breaks off behind its status has told all that counts.
      response.once('close', () => resolve(answer));
      response.once('error', () => resolve(answer));
    });
    request.end(body);
  });

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('webhook.')) return code;
  return code === '' ? 'webhook.failed' : `webhook.${code.toLowerCase().replaceAll('_', '-')}`;
};
