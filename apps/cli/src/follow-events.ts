import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { CloudEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { Api } from './api.js';

/** Before a stream that ended is asked for again. */
const AGAIN_MS = 1_000;

/** One thing a stream of events says: an event, or how far the log was looked through. */
interface Said {
  readonly position: string | undefined;
  readonly event: CloudEvent | undefined;
}

/**
 * The events behind a position and those that come, for ever: a stream that breaks off goes on where it was.
 * @param query what to hear of
 * @throws CodedError where the first answer is no stream
 */
export async function* followEvents(api: Api, query: URLSearchParams, after: string): AsyncGenerator<CloudEvent> {
  let reached = after;
  const open = (): Promise<Readable> => {
    query.set('after', reached);
    return api.stream(`api/events/stream?${query.toString()}`);
  };
  for (let stream: Readable | undefined = await open(); ; stream = await openAgain(open)) {
    try {
      for await (const { position, event } of saidBy(stream)) {
        if (event) yield event;
        reached = position ?? reached;
      }
    } catch {
      // It broke off.
    }
    await delay(AGAIN_MS);
  }
}

const openAgain = async (open: () => Promise<Readable>): Promise<Readable> => {
  for (;;) {
    try {
      return await open();
    } catch (error) {
      // Whoever is gone may come back; whoever refuses will refuse again.
      const isGone = error instanceof CodedError && /^cli\.unreachable$|\.unavailable$/.test(error.code);
      if (!isGone) throw error;
      await delay(AGAIN_MS);
    }
  }
};

/** Reads server-sent events (WHATWG HTML 9.2.6), as far as Waystation writes them. */
async function* saidBy(stream: Readable): AsyncGenerator<Said> {
  let [position, data]: [string | undefined, string] = [undefined, ''];
  for await (const line of createInterface({ input: stream })) {
    if (line.startsWith('id: ')) position = line.slice('id: '.length);
    else if (line.startsWith('data: ')) data += line.slice('data: '.length);
    else if (line === '' && (position !== undefined || data !== '')) {
      yield { position, event: data === '' ? undefined : (JSON.parse(data) as CloudEvent) };
      [position, data] = [undefined, ''];
    }
  }
}
