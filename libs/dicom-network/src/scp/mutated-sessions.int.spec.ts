import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { eventually, Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';
import { encodeReleaseRequest } from '../pdu/release-pdu.js';

afterEach(closeOpened);

const object = makeObject(syntax.explicitLittle, 1_024);
const session = Buffer.concat([
  associateRequest(both),
  storeCommand(1, object),
  data(1, object.dataSet.subarray(0, 500), false),
  data(1, object.dataSet.subarray(500)),
  echoRequest(2, 3),
  storeCommand(1, object, { messageId: 3 }),
  data(1, object.dataSet),
  encodeReleaseRequest(),
]);

const mutation = fc.oneof(
  fc.record({ at: fc.nat({ max: session.length - 1 }), bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }) }),
  // Heads are where it hurts: the first bytes of the request and of the first messages.
  fc.record({ at: fc.nat({ max: 500 }), bytes: fc.uint8Array({ minLength: 1, maxLength: 2 }) }),
);
const mutated = fc
  .record({
    mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
    length: fc.oneof({ weight: 3, arbitrary: fc.constant(session.length) }, fc.nat({ max: session.length })),
  })
  .map(({ mutations, length }) => {
    const bytes = Buffer.from(session);
    for (const { at, bytes: noise } of mutations) Buffer.from(noise).copy(bytes, at);
    return bytes.subarray(0, length);
  });

it('a session with any bytes changed or cut off ends, and hurts nobody else', async () => {
  const whole: string[] = [];
  const receiver = await Receiver.start({
    store: async (_, { data: chunks }) => {
      const hash = createHash('sha256');
      for await (const chunk of chunks) hash.update(chunk);
      whole.push(hash.digest('hex'));
      return { status: 0 };
    },
  });
  await fc.assert(
    fc.asyncProperty(mutated, async (bytes) => {
      const peer = await RawPeer.connect(receiver.port);
      peer.socket.end(bytes);
      await peer.closed;
      await eventually(() => receiver.endings.length === receiver.accepted.length);
    }),
    { numRuns: 300 },
  );
  expect(receiver.failures).toEqual([]);
  expect(whole.length).toBeGreaterThan(0);
  const good = await RawPeer.associate(receiver.port, associateRequest(both));
  good.send(echoRequest(7, 3));
  expect(await good.response()).toMatchObject({ messageIdBeingRespondedTo: 7, status: 0 });
});
