import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { toCloudEvent } from '@waystation/events';
import type { Piece } from './event-feed.js';

export interface ServerSentEventsOptions {
  /** CloudEvents source of the log. */
  readonly source: string;
  /** Ends the stream. */
  readonly stopping: AbortSignal;
  /** A sign of life after so many milliseconds without an event. */
  readonly heartbeatMs?: number;
  /** Whoever takes nothing for so long is let go; it can come back. */
  readonly patienceMs?: number;
}

const DEFAULTS = { heartbeatMs: 15_000, patienceMs: 60_000 };
/** How soon a client comes back (the field `retry`). */
const RETRY_MS = 2_000;

/**
 * Writes events as server-sent events (WHATWG HTML 9.2). The id of each is its position, which a client that comes back
 * tells in `Last-Event-ID`; signs of life carry how far the log was looked through, so that it does not come back to what
 * it did not want. The next piece is only asked for when the one before has left: memory holds one, however slow it is read.
 */
export const sendServerSentEvents = async (
  response: ServerResponse,
  follow: (signal: AbortSignal) => AsyncIterable<Piece>,
  options: ServerSentEventsOptions,
): Promise<void> => {
  const { source, stopping, heartbeatMs, patienceMs } = { ...DEFAULTS, ...options };
  const gone = new AbortController();
  const signal = AbortSignal.any([stopping, gone.signal]);
  response.once('close', () => gone.abort());
  response.once('error', () => gone.abort());
  let reached: number | undefined;
  const heartbeat = setInterval(() => {
    // Whoever has not taken what came before needs no sign of life.
    if (response.writableLength === 0) response.write(reached === undefined ? ':\n\n' : `:\nid: ${reached}\n\n`);
  }, heartbeatMs);
  try {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    for await (const { events, through } of follow(signal)) {
      const text = events.map(
        (event) => `id: ${event.position}\ndata: ${JSON.stringify(toCloudEvent(event, source))}\n\n`,
      );
      if (text.length > 0 && !(await taken(response, text.join(''), signal, patienceMs))) break;
      reached = through;
    }
  } finally {
    clearInterval(heartbeat);
    if (gone.signal.aborted || response.writableNeedDrain) response.destroy();
    else response.end();
  }
};

/** Whether somebody took the text; it goes out in pieces of the socket's choosing. */
const taken = async (
  response: ServerResponse,
  text: string,
  signal: AbortSignal,
  patienceMs: number,
): Promise<boolean> => {
  if (signal.aborted) return false;
  if (response.write(text)) return true;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  return once(response, 'drain', { signal: limit }).then(
    () => true,
    () => false,
  );
};
