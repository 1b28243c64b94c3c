import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { CloudEvent } from '@waystation/events';
import { freePort } from '../services/free-port.js';

/** A request that came. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: CloudEvent;
}

/** What is answered: a status with headers, or nothing at all. */
export type Reply = number | { readonly status: number; readonly headers: Readonly<Record<string, string>> } | 'hang';

/** An endpoint of webhooks that keeps what it took. */
export class RecordingEndpoint implements AsyncDisposable {
  readonly requests: Received[] = [];
  /** Those that were answered 2xx. */
  readonly taken: Received[] = [];
  reply: (request: Received) => Reply = () => 204;
  #server: Server | undefined;

  private constructor(
    private readonly tls: { readonly cert: string; readonly key: string } | undefined,
    readonly port: number,
  ) {}

  /** Listens on a port that is free, and on the same one whenever it is up again. */
  static async start(tls?: { readonly cert: string; readonly key: string }): Promise<RecordingEndpoint> {
    const endpoint = new RecordingEndpoint(tls, await freePort());
    await endpoint.listen();
    return endpoint;
  }

  get url(): string {
    return `${this.tls === undefined ? 'http' : 'https'}://127.0.0.1:${this.port}/events`;
  }

  /** Positions of what was taken, in the order in which it came. */
  get positions(): readonly number[] {
    return this.taken.map(({ event }) => Number(event.id));
  }

  async listen(): Promise<void> {
    const server = this.tls === undefined ? createServer() : createTlsServer(this.tls);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const received = { headers: request.headers, body, event: JSON.parse(body) as CloudEvent };
        this.requests.push(received);
        const reply = this.reply(received);
        if (reply === 'hang') return;
        const { status, headers } = typeof reply === 'number' ? { status: reply, headers: {} } : reply;
        if (status < 300) this.taken.push(received);
        response.writeHead(status, headers).end();
      });
    });
    await once(server.listen(this.port, '127.0.0.1'), 'listening');
    this.#server = server;
  }

  /** Nobody listens any more. */
  async down(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }
}
