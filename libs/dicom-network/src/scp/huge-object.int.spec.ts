import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { heldMemory } from '../../test/held-memory.js';
import { closeOpened } from '../../test/opened.js';
import { associateRequest, both, data, echoRequest, RawPeer, storeCommand } from '../../test/raw-peer.js';
import { Receiver } from '../../test/receiver.js';
import { makeObject, syntax } from '../../test/test-object.js';

afterEach(closeOpened);

const MEBIBYTE = 1_048_576;
const object = makeObject(syntax.explicitLittle, 128);

/** Sends PDUs of 128 KiB, always the same bytes, as fast as they are taken. */
const sendMuch = async (peer: RawPeer, bytes: number): Promise<void> => {
  const pdu = data(1, Buffer.alloc(131_072 - 12, 7), false);
  peer.socket.write(storeCommand(1, object));
  for (let sent = 0; sent < bytes; sent += pdu.length) {
    if (!peer.socket.write(pdu)) await once(peer.socket, 'drain');
  }
  peer.send(data(1, Buffer.alloc(2)));
};

describe('an object of 2 GiB', () => {
  it('goes through in a few megabytes of memory, though its sink is slow', { timeout: 180_000 }, async () => {
    let received = 0;
    const peaks = { beginning: 0, rest: 0 };
    const receiver = await Receiver.start({
      store: async (_, request) => {
        let chunks = 0;
        for await (const chunk of request.data) {
          received += chunk.length;
          chunks += 1;
          if (chunks % 8 === 0) await turn();
          if (chunks % 512 !== 0) continue;
          const part = received < 256 * MEBIBYTE ? 'beginning' : 'rest';
          peaks[part] = Math.max(peaks[part], heldMemory());
        }
        return { status: 0 };
      },
    });
    const peer = await RawPeer.associate(receiver.port);
    await sendMuch(peer, 2_048 * MEBIBYTE);
    expect((await peer.response()).status).toBe(0);
    expect(received).toBeGreaterThanOrEqual(2_047 * MEBIBYTE);
    // What the first eighth needs is enough for all of it.
    expect((peaks.rest - peaks.beginning) / MEBIBYTE).toBeLessThan(64);
  });
});

describe('one turn of the event loop', () => {
  /** What libuv reads of one connection before it looks at the others: 32 times 64 KiB. */
  const MOST_PER_TURN = 32 * 65_536;

  it.each([
    ['takes them at once', 0],
    ['waits now and then', 4],
  ])('hands a handler that %s a bounded number of bytes, in chunks as the socket gives them', async (_, every) => {
    let inTurn = 0;
    let mostInTurn = 0;
    let longest = 0;
    const receiver = await Receiver.start({
      store: async (_association, request) => {
        let chunks = 0;
        for await (const chunk of request.data) {
          if (inTurn === 0) setImmediate(() => (inTurn = 0));
          inTurn += chunk.length;
          chunks += 1;
          mostInTurn = Math.max(mostInTurn, inTurn);
          longest = Math.max(longest, chunk.length);
          if (every > 0 && chunks % every === 0) await turn();
        }
        return { status: 0 };
      },
    });
    const peer = await RawPeer.associate(receiver.port);
    await sendMuch(peer, 128 * MEBIBYTE);
    expect((await peer.response()).status).toBe(0);
    expect(longest).toBeLessThanOrEqual(65_536);
    expect(mostInTurn).toBeLessThanOrEqual(every === 0 ? MOST_PER_TURN : (every + 1) * 65_536);
  });

  it('answers a bounded number of small messages, and lets others in between', async () => {
    const receiver = await Receiver.start();
    const flooding = await RawPeer.associate(receiver.port, associateRequest(both));
    const other = await RawPeer.associate(receiver.port, associateRequest(both));
    const flood = Buffer.concat(Array.from({ length: 20_000 }, (_, index) => echoRequest(index + 1, 3)));
    flooding.socket.write(flood);
    other.send(echoRequest(1, 3));
    expect((await other.response()).status).toBe(0);
    expect(flooding.socket.bytesRead).toBeLessThan(20_000 * 90);
  });
});
