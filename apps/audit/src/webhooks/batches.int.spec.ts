import type { CloudEvent } from '@waystation/events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordingEndpoint, type Received } from '../../../../test/harness/recording-endpoint.js';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { WebhookBench } from '../../test/webhook-bench.js';

const wait = { timeout: 20_000, interval: 50 };

let audit: AuditService;
let bench: WebhookBench;
beforeAll(async () => {
  audit = await auditService();
  bench = new WebhookBench(audit);
});
afterEach(() => bench.publish([]));
afterAll(() => audit[Symbol.asyncDispose]());

const eventsIn = ({ body }: Received): readonly CloudEvent[] => JSON.parse(body) as readonly CloudEvent[];
const positionsIn = (requests: readonly Received[]): readonly number[] =>
  requests.flatMap((request) => eventsIn(request).map(({ id }) => Number(id)));

describe('A webhook that takes batches', () => {
  it('gets at most so many events at a time, all of them in order, in the batched content mode', async () => {
    const positions = await bench.several('batched', 23);
    await using endpoint = await RecordingEndpoint.start();
    const batch = { max: 10, waitMs: 100 };
    const streams = ['association/batched'];
    await bench.publish([{ name: bench.nameOf(), url: endpoint.url, streams, from: 'beginning', batch }]);
    await vi.waitFor(() => expect(positionsIn(endpoint.taken)).toEqual(positions), wait);
    expect(endpoint.taken.map((request) => eventsIn(request).length)).toEqual([10, 10, 3]);
    expect(endpoint.taken[0]?.headers).toMatchObject({
      'content-type': 'application/cloudevents-batch+json; charset=UTF-8',
      'webhook-id': `${positions[0]}-${positions[9]}`,
    });
  });

  it('is not kept waiting for ever by a batch that does not fill, not even by a single event', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    await bench.publish([{ name, url: endpoint.url, streams: ['association/slow'], batch: { max: 1000, waitMs: 50 } }]);
    const { position } = await bench.append('slow', 1);
    await vi.waitFor(() => expect(positionsIn(endpoint.taken)).toEqual([position]), wait);
    await vi.waitFor(async () => expect(await bench.reportOf(name)).toMatchObject({ behind: 0 }), wait);
  });

  it('gets the events of a batch one by one once it refused it, and only what it refuses alone is put aside', async () => {
    const [one, two, three] = await bench.several('picky-batch', 3);
    await using endpoint = await RecordingEndpoint.start();
    endpoint.reply = (request) => (eventsIn(request).some(({ id }) => Number(id) === two) ? 422 : 204);
    const name = bench.nameOf();
    const streams = ['association/picky-batch'];
    await bench.publish([{ name, url: endpoint.url, streams, from: 'beginning', batch: { max: 100, waitMs: 50 } }]);
    await vi.waitFor(() => expect(positionsIn(endpoint.taken)).toEqual([one, three]), wait);
    const parked = [{ position: two, reason: 'the endpoint answered 422' }];
    await vi.waitFor(async () => expect((await bench.reportOf(name)).parked).toEqual(parked), wait);
  });

  it('gets all of a batch again after it was away', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    await bench.publish([
      { name, url: endpoint.url, streams: ['association/away-batch'], batch: { max: 4, waitMs: 20 } },
    ]);
    await endpoint.down();
    const positions = await bench.several('away-batch', 6);
    await vi.waitFor(async () => expect(await bench.reportOf(name)).toMatchObject({ status: 'stalled' }), wait);
    expect((await bench.reportOf(name)).position).toBeLessThan(positions[0] ?? 0);
    await endpoint.listen();
    await vi.waitFor(() => expect(positionsIn(endpoint.taken)).toEqual(positions), wait);
    await vi.waitFor(async () => expect(await bench.reportOf(name)).toMatchObject({ status: 'flowing' }), wait);
  });
});
