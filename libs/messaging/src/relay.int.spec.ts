import type { EventLog } from '@waystation/event-log';
import { SeriesCompleted } from '@waystation/events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { completeSeries, openFreshLog } from '../test/fresh-log.js';
import { quiet } from '../test/transports.js';
import { VirtualHost } from '../test/virtual-host.js';
import { rabbitmqDefinitions } from './rabbitmq-definitions.js';
import { Relay } from './relay.js';
import { topologyOf } from './topology.js';

const consumer = { name: 'test.hear', types: [SeriesCompleted.type], summary: 'Hears of complete series.' };
const topology = topologyOf([consumer]);
const patient = { timeout: 20_000, interval: 50 };

let log: EventLog;
let host: VirtualHost;
let relays: Relay[] = [];

beforeEach(async () => {
  [log, host] = await Promise.all([openFreshLog(), VirtualHost.create()]);
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
  await Promise.all([log.close(), host.remove()]);
});

const start = async (): Promise<Relay> => {
  const relay = new Relay({ url: host.url, source: '/log/test/1', log, topology, logger: quiet });
  relays.push(relay);
  await relay.start();
  return relay;
};

const toldUpTo = (position: number) =>
  vi.waitFor(async () => expect(await log.checkpoints.get('relay')).toBe(position), patient);

const ids = async () => (await host.take(consumer.name)).map(({ properties }) => Number(properties.messageId));

describe('the relay', () => {
  it('publishes everything in the log in order, over many windows', async () => {
    for (let unit = 0; unit < 3; unit++) {
      await completeSeries(log, ...Array.from({ length: 200 }, (_, index) => `${index}`));
    }
    await start();
    await toldUpTo(600);
    expect(await ids()).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });

  it('writes messages that survive the broker and say what they are', async () => {
    await completeSeries(log, '1.2.3');
    await start();
    await toldUpTo(1);
    const [message] = await host.take(consumer.name);
    expect(message?.fields.routingKey).toBe(SeriesCompleted.type);
    expect(message?.properties).toMatchObject({
      deliveryMode: 2,
      contentType: 'application/cloudevents+json',
      headers: { cloudEvents_source: '/log/test/1', cloudEvents_subject: 'series/1.2.3' },
    });
    expect(JSON.parse(message?.content.toString() ?? '')).toMatchObject({ id: '1', type: SeriesCompleted.type });
  });

  it('moves on behind events that nobody listens to', async () => {
    const events = [{ type: 'series.discarded.v1', data: {} }];
    const parts = [{ stream: 'series/1', expected: 0, events }];
    await log.append({ time: new Date().toISOString(), metadata: {}, parts });
    await completeSeries(log, '1');
    await start();
    await toldUpTo(2);
    expect(await ids()).toEqual([2]);
  });

  it('has one leader, and another takes over when it stops', async () => {
    const first = await start();
    await completeSeries(log, '1');
    await toldUpTo(1);
    await start();
    await completeSeries(log, '2');
    await toldUpTo(2);
    await first.stop();
    await completeSeries(log, '3');
    await toldUpTo(3);
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('leaves its office to another when it hangs, and takes nothing from it', async () => {
    await start();
    await completeSeries(log, '1');
    await toldUpTo(1);
    await log.pool.query(`update log.office set holder = 'another', held_until = clock_timestamp() + interval '2 s'`);
    await completeSeries(log, '2');
    await toldUpTo(2);
    expect(new Set(await ids())).toEqual(new Set([1, 2]));
  });

  it('skips nothing when the exchange is deleted under it', async () => {
    await start();
    await completeSeries(log, '1');
    await toldUpTo(1);
    await host.request('DELETE', `/exchanges/${host.name}/waystation.events`);
    await completeSeries(log, '2', '3');
    await toldUpTo(3);
    expect(new Set(await ids())).toEqual(new Set([1, 2, 3]));
  });

  it('tells a wiped broker again when its checkpoint is set back', async () => {
    await start();
    await completeSeries(log, '1', '2', '3');
    await toldUpTo(3);
    expect(await ids()).toEqual([1, 2, 3]);
    await log.checkpoints.set('relay', 1);
    await toldUpTo(3);
    expect(await ids()).toEqual([2, 3]);
  });

  it('stays where it was while the broker is away', async () => {
    const relay = await start();
    await completeSeries(log, '1');
    await toldUpTo(1);
    await host.remove();
    await completeSeries(log, '2');
    await relay.stop();
    expect(await log.checkpoints.get('relay')).toBe(1);
    await host.begin();
  });

  it('tells a broker that lost everything what not every consumer is known to have handled', async () => {
    await start();
    await completeSeries(log, '1', '2', '3', '4');
    await toldUpTo(4);
    await log.checkpoints.set(`bus/${consumer.name}`, 2);
    await host.remove();
    await host.begin();
    const told: number[] = [];
    await vi.waitFor(async () => {
      told.push(...(await ids()));
      expect(told).toEqual([3, 4]);
    }, patient);
    await toldUpTo(4);
  });

  it('goes on where it was with a broker that lost nothing, whichever relay leads', async () => {
    const first = await start();
    await completeSeries(log, '1', '2');
    await toldUpTo(2);
    await first.stop();
    await completeSeries(log, '3');
    await start();
    await toldUpTo(3);
    expect(await ids()).toEqual([1, 2, 3]);
  });

  it('begins with a broker behind what the embedded bus has brought already', async () => {
    await completeSeries(log, '1', '2', '3');
    await log.checkpoints.set(`bus/${consumer.name}`, 2);
    await start();
    await toldUpTo(3);
    expect(await ids()).toEqual([3]);
  });

  it('agrees with the definitions file about what is on the broker', async () => {
    await host.request('POST', '/definitions', rabbitmqDefinitions(topology, host.name));
    await completeSeries(log, '1');
    await start();
    await toldUpTo(1);
    expect(await ids()).toEqual([1]);
    const exported = (await host.request('GET', `/definitions/${host.name}`)) as { queues: { name: string }[] };
    expect(exported.queues.map(({ name }) => name).toSorted()).toEqual(
      topology.queues.map(({ name }) => name).toSorted(),
    );
  });
});
