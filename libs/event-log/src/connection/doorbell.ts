import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { CHANNEL } from './announcer.js';
import { sessionConfig } from './session-config.js';

const TIMES = { pollMs: 1_000, reconnectMs: 250 };

/**
 * Says that the log may have grown: at once for appends of this process, by LISTEN for those of others, and every
 * second in case a notification was lost. May ring when nothing is new.
 */
export class Doorbell {
  readonly #listeners = new Set<() => void>();
  readonly #closed = new AbortController();
  readonly #times: typeof TIMES;
  #poll: NodeJS.Timeout | undefined;
  #listening: Promise<void> | undefined;
  #hangUp: () => void = () => {};

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
    times: Partial<typeof TIMES> = {},
  ) {
    this.#times = { ...TIMES, ...times };
  }

  /** @returns stops listening */
  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.#poll ??= setInterval(() => this.ring(), this.#times.pollMs);
    this.#listening ??= this.#listen();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  ring(): void {
    // Not called from here: what a listener throws must not become the fault of an append.
    for (const listener of this.#listeners) queueMicrotask(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    this.#listeners.clear();
    this.#closed.abort();
    this.#hangUp();
    await this.#listening;
  }

  async #listen(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      await this.#session(signal).catch(() => {}); // the poll rings meanwhile
      await delay(this.#times.reconnectMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Ends when the connection does. */
  async #session(signal: AbortSignal): Promise<void> {
    const client = new pg.Client(sessionConfig(this.url, this.applicationName));
    const ended = new Promise<void>((resolve) => {
      this.#hangUp = resolve;
      client.on('error', () => resolve());
      client.on('end', resolve);
    });
    client.on('notification', () => this.ring());
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.ring();
      if (!signal.aborted) await ended;
    } finally {
      await client.end().catch(() => {});
    }
  }
}
