import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { CodedError, messageOf } from '@waystation/kernel';
import { retryAfterMs, type Answer } from './answer.js';
import { allowedLookup, assertAllowedHost } from './forbidden-addresses.js';

/** Bytes; an answer is read so far so that the connection can be used again. */
const LONGEST_ANSWER = 65_536;

/** Where requests go. */
export interface HttpEndpointOptions {
  readonly url: string;
  /** PEM with the authorities that the certificate of an https endpoint has to lead to; the public ones without it. */
  readonly caFile?: string | undefined;
  /** No answer for this long is a failure. */
  readonly timeoutSeconds: number;
  /** Bytes of an answer that are kept; none unless told, at most 65,536. */
  readonly keep?: number;
}

/**
 * An endpoint over HTTP. Goes where the URL says and nowhere else: redirects are answers like others, proxies of the
 * environment are not asked, and nothing of what is answered is kept but the status, unless it is asked for.
 */
export class HttpEndpoint {
  readonly #url: URL;
  #agent: HttpAgent | undefined;
  #authorities: string | undefined;

  constructor(private readonly options: HttpEndpointOptions) {
    this.#url = new URL(options.url);
  }

  /** Sends one request, and tells what came of it. Never rejects. */
  post(body: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    const bytes = Buffer.from(body);
    return this.#send('POST', bytes, { ...headers, 'content-length': String(bytes.length) }, signal);
  }

  /** Asks, and tells what came of it. Never rejects. */
  get(headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answer> {
    return this.#send('GET', Buffer.alloc(0), headers, signal);
  }

  async #send(
    method: 'GET' | 'POST',
    bytes: Buffer,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      assertAllowedHost(this.#url.hostname);
      const agent = await this.#agentFor();
      const send = this.#url.protocol === 'https:' ? requestHttps : requestHttp;
      const timeout = AbortSignal.timeout(this.options.timeoutSeconds * 1000);
      const request = send(this.#url, {
        method,
        agent,
        lookup: allowedLookup,
        headers,
        signal: AbortSignal.any([signal, timeout]),
      });
      const response = await answerTo(request, bytes, this.options.keep ?? 0).catch((error: unknown) => {
        if (!timeout.aborted) throw error;
        const sentence = `no answer within ${this.options.timeoutSeconds} s`;
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
    const { caFile } = this.options;
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

const answerTo = (request: ClientRequest, body: Buffer, keep: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response: IncomingMessage) => {
      let read = 0;
      const kept: Buffer[] = [];
      response.on('data', (chunk: Buffer) => {
        if (read < keep) kept.push(chunk.subarray(0, keep - read));
        read += chunk.length;
        if (read > LONGEST_ANSWER) response.destroy();
      });
      const wait = retryAfterMs(response.headers['retry-after'], Date.now());
      const answer = (): Answer => ({
        status: response.statusCode ?? 0,
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
        ...(keep > 0 ? { text: Buffer.concat(kept).toString() } : {}),
      });
      // An answer that breaks off behind its status has told all that counts.
      response.once('close', () => resolve(answer()));
      response.once('error', () => resolve(answer()));
    });
    request.end(body);
  });

const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('webhook.')) return code;
  return code === '' ? 'webhook.failed' : `webhook.${code.toLowerCase().replaceAll('_', '-')}`;
};
