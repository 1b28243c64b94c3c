import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { EventStream, exampleSeries, recorded } from '@waystation/testing';
import { expect, it } from 'vitest';
import type { Piece } from './event-feed.js';
import { sendServerSentEvents, type ServerSentEventsOptions } from './server-sent-events.js';

/** A server that streams what `follow` brings. */
const serve = async (
  follow: (signal: AbortSignal) => AsyncIterable<Piece>,
  options: Partial<ServerSentEventsOptions>,
): Promise<{ url: string; port: number; ended: Promise<void> } & AsyncDisposable> => {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const never = new AbortController().signal;
  const server = createServer((_request, response) => {
    void sendServerSentEvents(response, follow, { source: '/log/main/1', stopping: never, ...options }).then(end);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    ended,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
const aborted = (signal: AbortSignal): Promise<unknown> =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener('abort', resolve));
const stored = recorded(exampleSeries.stored(1), { position: 7, sequence: 7 });

it('gives signs of life that carry how far the log was looked through', async () => {
  await using server = await serve(
    async function* (signal) {
      yield { events: [stored], through: 7 };
      yield { events: [], through: 50 };
      await aborted(signal);
    },
    { heartbeatMs: 20 },
  );
  await using stream = await EventStream.open(server.url);
  expect(await stream.take(1)).toMatchObject([{ id: '7' }]);
  void stream.take(1).catch(() => undefined);
  await expect.poll(() => [stream.lastEventId, stream.comments > 2]).toEqual(['50', true]);
});

it('lets somebody go who takes nothing for too long', async () => {
  const long = recorded({ type: 'note.taken.v1', data: 'x'.repeat(1_000_000) }, { position: 1 });
  let pieces = 0;
  await using server = await serve(
    async function* () {
      for (;;) yield { events: [long], through: ++pieces };
    },
    { patienceMs: 300 },
  );
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.pause();
  await server.ended;
  expect(pieces).toBeLessThan(50);
  socket.destroy();
});

it('ends when somebody hangs up, or when it has to stop', async () => {
  const stopping = new AbortController();
  const follow = async function* (signal: AbortSignal): AsyncGenerator<Piece> {
    yield { events: [stored], through: 7 };
    await aborted(signal);
  };
  await using left = await serve(follow, {});
  const stream = await EventStream.open(left.url);
  await stream.take(1);
  await stream[Symbol.asyncDispose]();
  await left.ended;
  await using stopped = await serve(follow, { stopping: stopping.signal });
  await using rest = await EventStream.open(stopped.url);
  await rest.take(1);
  stopping.abort();
  expect(await rest.take(1)).toEqual([]);
  await stopped.ended;
});
