import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationDocument, streamName } from '@waystation/events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RecordingEndpoint } from '../../../../test/harness/recording-endpoint.js';
import { auditService, type AuditService } from '../../test/audit-service.js';
import { eager, WebhookBench } from '../../test/webhook-bench.js';
import { HistoryWriter } from '../../test/write-history.js';

const wait = { timeout: 20_000, interval: 50 };

let audit: AuditService;
let bench: WebhookBench;
let folder: string;
beforeAll(async () => {
  audit = await auditService();
  bench = new WebhookBench(audit);
  folder = await mkdtemp(join(tmpdir(), 'webhooks-'));
});
afterEach(() => bench.publish([]));
afterAll(async () => {
  await audit[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe('A webhook', () => {
  it('gets what is appended once it is in force, in order, as CloudEvents in structured mode', async () => {
    await bench.several('before', 3);
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    await bench.publish([{ name, url: endpoint.url, streams: ['association/*'] }]);
    const positions = await bench.several('structured', 20);
    await vi.waitFor(() => expect(endpoint.positions).toEqual(positions), wait);
    const [first] = endpoint.taken;
    expect(first?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      'webhook-id': String(positions[0]),
    });
    expect(first?.headers).not.toHaveProperty('webhook-signature');
    expect(first?.event).toMatchObject({ specversion: '1.0', type: 'association.released.v1', data: { stored: 1 } });
    await vi.waitFor(
      async () => expect(await bench.reportOf(name)).toMatchObject({ status: 'flowing', behind: 0 }),
      wait,
    );
  });

  it('gets everything from the beginning where it asks for that, and only types that it asks for', async () => {
    await using endpoint = await RecordingEndpoint.start();
    await bench.publish([
      { name: bench.nameOf(), url: endpoint.url, from: 'beginning', types: ['service.*', 'association.released'] },
    ]);
    const { position } = await bench.append('last', 1);
    await vi.waitFor(() => expect(endpoint.positions.at(-1)).toBe(position), wait);
    expect(endpoint.taken[0]?.event.type).toBe('service.started.v1');
    expect(new Set(endpoint.taken.map(({ event }) => event.type.split('.', 1)[0]))).toEqual(
      new Set(['service', 'association']),
    );
  });

  it('signs each request with each secret of the file, whatever the file holds by then', async () => {
    const secretFile = join(folder, 'secret');
    await writeFile(secretFile, 'old\n');
    await using endpoint = await RecordingEndpoint.start();
    await bench.publish([{ name: bench.nameOf(), url: endpoint.url, streams: ['association/signed'], secretFile }]);
    await bench.append('signed', 1);
    await vi.waitFor(() => expect(endpoint.taken).toHaveLength(1), wait);
    await writeFile(secretFile, 'new\nold\n');
    await bench.append('signed', 2);
    await vi.waitFor(() => expect(endpoint.taken).toHaveLength(2), wait);
    const expected = endpoint.taken.map(({ headers, body }, index) => {
      const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const sign = (secret: string) => `v1,${createHmac('sha256', secret).update(content).digest('base64')}`;
      return (index === 0 ? ['old'] : ['new', 'old']).map(sign).join(' ');
    });
    expect(endpoint.taken.map(({ headers }) => headers['webhook-signature'])).toEqual(expected);
  });

  it('gets all in order after it was away, and the log tells that it was', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    await bench.publish([{ name, url: endpoint.url, streams: ['association/away'] }]);
    const before = await bench.several('away', 3);
    await vi.waitFor(() => expect(endpoint.positions).toEqual(before), wait);
    await endpoint.down();
    const meanwhile = await bench.several('away', 5);
    await vi.waitFor(async () => expect(await bench.reportOf(name)).toMatchObject({ status: 'stalled' }), wait);
    const { stalled, behind, position } = await bench.reportOf(name);
    expect(stalled).toMatchObject({ code: 'webhook.econnrefused' });
    expect(behind).toBeGreaterThanOrEqual(5);
    expect(position).toBe((meanwhile[0] ?? 0) - 1);
    await endpoint.listen();
    await vi.waitFor(() => expect(endpoint.positions).toEqual([...before, ...meanwhile]), wait);
    await vi.waitFor(async () => expect(await bench.reportOf(name)).toMatchObject({ status: 'flowing' }), wait);
    expect(await bench.typesIn(name)).toEqual(['subscription.stalled.v1', 'subscription.resumed.v1']);
  });

  it('puts aside what the endpoint refuses, goes on, and sends it once more when it is asked to', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    endpoint.reply = ({ event }) => ((event.data as { stored: number }).stored === 2 ? 422 : 204);
    await bench.publish([{ name, url: endpoint.url, streams: ['association/picky'] }]);
    const [one, two, three] = await bench.several('picky', 3);
    await vi.waitFor(() => expect(endpoint.positions).toEqual([one, three]), wait);
    await vi.waitFor(
      async () =>
        expect((await bench.reportOf(name)).parked).toEqual([{ position: two, reason: 'the endpoint answered 422' }]),
      wait,
    );
    endpoint.reply = () => 204;
    await audit.platform.log.append({
      time: new Date().toISOString(),
      metadata: { actor: { kind: 'user', name: 'huber' } },
      parts: [
        {
          stream: streamName.subscription(name),
          expected: 'any',
          events: [{ type: 'subscription.redelivery-requested.v1', data: { position: two, reason: '' } }],
        },
      ],
    });
    await vi.waitFor(() => expect(endpoint.positions).toEqual([one, three, two]), wait);
    expect((await bench.reportOf(name)).parked).toEqual([]);
  });

  it.each([401, 404, 429, 500])('waits with everything while the endpoint answers %d', async (status) => {
    await using endpoint = await RecordingEndpoint.start();
    const name = bench.nameOf();
    let refusals = 0;
    endpoint.reply = () => (refusals++ < 4 ? status : 204);
    await bench.publish([{ name, url: endpoint.url, streams: [`association/${status}`] }]);
    const positions = await bench.several(String(status), 2);
    await vi.waitFor(() => expect(endpoint.positions).toEqual(positions), wait);
    expect(endpoint.requests.slice(0, 5).map(({ event }) => Number(event.id))).toEqual(Array(5).fill(positions[0]));
  });

  it('waits as long as the endpoint asks for', async () => {
    await using endpoint = await RecordingEndpoint.start();
    endpoint.reply = () => ({ status: 503, headers: { 'retry-after': '3600' } });
    await bench.publish([{ name: bench.nameOf(), url: endpoint.url, streams: ['association/patient'] }]);
    await bench.append('patient', 1);
    await vi.waitFor(() => expect(endpoint.requests).toHaveLength(1), wait);
    await bench.append('others', 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe('Webhooks', () => {
  it('do not wait for one whose endpoint hangs', async () => {
    await using hanging = await RecordingEndpoint.start();
    await using quick = await RecordingEndpoint.start();
    hanging.reply = () => 'hang';
    const streams = ['association/both'];
    await bench.publish([
      { name: bench.nameOf(), url: hanging.url, streams, timeoutSeconds: 60 },
      { name: bench.nameOf(), url: quick.url, streams },
    ]);
    const positions = await bench.several('both', 10);
    await vi.waitFor(() => expect(quick.positions).toEqual(positions), wait);
    expect(hanging.requests).toHaveLength(1);
  });

  it('are not told of each other, so that refusals cause no refusals', async () => {
    await using endpoint = await RecordingEndpoint.start();
    endpoint.reply = () => 400;
    const [a, b] = [bench.nameOf(), bench.nameOf()];
    await bench.publish([
      { name: a, url: endpoint.url },
      { name: b, url: endpoint.url },
    ]);
    const { position } = await bench.append('refused', 1);
    for (const name of [a, b])
      await vi.waitFor(
        async () => expect((await bench.reportOf(name)).parked.map((one) => one.position)).toContain(position),
        wait,
      );
    expect(endpoint.requests.map(({ event }) => event.type).filter((type) => type.startsWith('subscription.'))).toEqual(
      [],
    );
  });

  it('go on in another process behind what was taken, when the first one stops', async () => {
    await using endpoint = await RecordingEndpoint.start();
    const own = await auditService();
    const writer = new HistoryWriter(own.platform.log);
    const subscription = { name: 'moving', url: endpoint.url, streams: ['association/*'], retry: eager };
    await writer.publish(ConfigurationDocument.parse({ subscriptions: [subscription] }));
    const release = (number: number) => writer.releaseAssociation(`moving-${number}`, number);
    for (let number = 1; number <= 30; number++) await release(number);
    await vi.waitFor(() => expect(endpoint.taken.length).toBeGreaterThan(10), wait);
    await own.another();
    await own.stop();
    for (let number = 31; number <= 40; number++) await release(number);
    await vi.waitFor(() => expect(new Set(endpoint.positions).size).toBe(40), wait);
    expect(endpoint.positions).toEqual(endpoint.positions.toSorted((a, b) => a - b));
    await own[Symbol.asyncDispose]();
  });
});
