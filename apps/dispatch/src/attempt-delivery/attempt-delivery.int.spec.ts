import { randomUUID } from 'node:crypto';
import { documentHash } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { ConfigurationDocument, ConfigurationPublished, streamName, type NewEvent } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { exampleDelivery, exampleJob, exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SendToTarget } from '../targets/send-to-target.js';
import { AttemptDelivery } from './attempt-delivery.js';

const d = exampleDelivery;
const { requested } = d;
const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const database = `dispatch_${randomUUID().replaceAll('-', '')}`;
let log: EventLog;
let commands: CommandHandler;
const noon = '2026-01-31T12:00:00.000Z';
const goesOn = new AbortController().signal;

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${database}`);
  const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
  url.pathname = `/${database}`;
  await migrate(url.href);
  log = await EventLog.open({ url: url.href, applicationName: 'dispatch-spec' });
  commands = new CommandHandler(log, 'dispatch');
  const targets = [{ kind: 'folder', name: d.target, path: '/srv/archive', retry: d.retry }];
  const document = ConfigurationDocument.parse({ targets });
  const published = { version: 1, sha256: documentHash(document), document, author: 'r.huber', reason: 'a test' };
  const series = [exampleSeries.opened(), exampleSeries.stored(1), exampleSeries.stored(2)];
  await append(streamName.configuration, ConfigurationPublished.of(published));
  await append(streamName.series(exampleSeries.seriesInstanceUid), ...series);
});
afterAll(async () => {
  await log.close();
  await server.query(`drop database ${database} with (force)`);
  await server.end();
});

const append = (stream: string, ...events: readonly NewEvent[]) =>
  log.append({ parts: [{ stream, expected: 0, events }], time: new Date().toISOString(), metadata: {} });

/** A delivery of two images, attempted as often as there are ways in which sending them goes. */
const attempt = async (changes: Partial<ReturnType<typeof requested>['data']>, ...ways: readonly SendToTarget[]) => {
  const delivery = randomUUID();
  const stream = streamName.delivery(delivery);
  await append(stream, { ...requested(2), data: { ...requested(2).data, delivery, ...changes } });
  for (const send of ways) await new AttemptDelivery(commands, send, 'dispatch-1').run(stream, noon, goesOn);
  return log.readStream(stream);
};
const acknowledge =
  (count: number): SendToTarget =>
  async (_target, instances, onReceipt) => {
    for (const { sopInstanceUid } of instances.slice(0, count))
      await onReceipt({ sopInstanceUid, accepted: true, receipt: '0x0000', transferSyntaxUid: '1.2.840.10008.1.2.1' });
  };
const failWith =
  (code: string): SendToTarget =>
  () =>
    Promise.reject(new CodedError(code, 'it went wrong'));
const dataOf = (events: Awaited<ReturnType<typeof attempt>>, type: string) =>
  events.filter((event) => event.type === type).map(({ data }) => data);

it('names the cause of everything: what made it wait, and the attempt', async () => {
  const events = await attempt({}, failWith('dicom-network.unreachable'), acknowledge(2));
  const told = events.map(({ type, metadata: { causationid, correlationid } }) => [
    type,
    events.find(({ position }) => position === causationid)?.sequence,
    correlationid,
  ]);
  const series = streamName.series(exampleSeries.seriesInstanceUid);
  expect(told).toEqual([
    ['delivery.requested.v1', undefined, undefined],
    ['delivery.attempted.v1', 1, series],
    ['delivery.failed.v1', 2, series],
    ['delivery.retry-scheduled.v1', 2, series],
    ['delivery.attempted.v1', 4, series],
    ['instance.delivered.v1', 5, series],
    ['instance.delivered.v1', 5, series],
    ['delivery.succeeded.v1', 5, series],
  ]);
});

it.each([
  ['dicom-network.unreachable', false],
  ['dicom-network.timeout', true],
])('knows after %s whether objects may have arrived without a receipt: %s', async (code, uncertain) => {
  const events = await attempt({}, failWith(code), acknowledge(2));
  expect(dataOf(events, 'delivery.failed.v1')).toMatchObject([{ code, by: 'target', uncertain }]);
  expect(dataOf(events, 'delivery.attempted.v1')).toMatchObject([{ mayRepeat: false }, { mayRepeat: uncertain }]);
});

it.each([
  [[], false],
  [['1.2.3'], true],
])(
  'knows by the objects that were not answered, %j, whether broken TLS leaves doubt: %s',
  async (unanswered, doubt) => {
    const broken: SendToTarget = () =>
      Promise.reject(new CodedError('dicom-network.tls-failed', 'broke TLS', { details: { unanswered } }));
    const events = await attempt({}, broken, acknowledge(2));
    expect(dataOf(events, 'delivery.failed.v1')).toMatchObject([
      { code: 'dicom-network.tls-failed', uncertain: doubt },
    ]);
  },
);

it('is sure that nothing arrived where there was nothing to hand over', async () => {
  const events = await attempt({ seriesInstanceUid: '1.2.3' }, acknowledge(2));
  expect(dataOf(events, 'delivery.failed.v1')).toMatchObject([{ code: 'dispatch.unknown-series', uncertain: false }]);
});

it('sends what the named attempt of a job made, and nothing of another one', async () => {
  const { job, requested: processed, started, derived, succeeded, output } = exampleJob;
  const outputs = { instances: 2, digest: 'd1'.repeat(32) };
  await append(streamName.job(job), processed(), started(1), derived(1), derived(2), succeeded(1, { outputs }));
  await log.append({
    parts: [{ stream: streamName.job(job), expected: 'any', events: [started(2), derived(3, 2), succeeded(2)] }],
    time: new Date().toISOString(),
    metadata: {},
  });
  const events = await attempt({ instances: { job, attempt: 1, count: 2 } }, acknowledge(2));
  expect(dataOf(events, 'instance.delivered.v1')).toMatchObject(
    [1, 2].map((number) => ({ sopInstanceUid: output(number).sopInstanceUid, sha256: output(number).object.sha256 })),
  );
  expect(events.at(-1)?.type).toBe('delivery.succeeded.v1');
  const unknown = await attempt({ instances: { job: 'nobody', attempt: 1, count: 2 } }, acknowledge(2));
  expect(dataOf(unknown, 'delivery.failed.v1')).toMatchObject([{ code: 'dispatch.unknown-job', uncertain: false }]);
});

it('gives up at once where the target is configured no more', async () => {
  const events = await attempt({ target: 'gone' }, acknowledge(2));
  expect(dataOf(events, 'delivery.failed.v1')).toMatchObject([{ code: 'dispatch.unknown-target', uncertain: false }]);
  expect(events.at(-1)?.type).toBe('delivery.abandoned.v1');
});

it('is broken off by a stop, which is not the fault of the target: the next one is due at once', async () => {
  const delivery = randomUUID();
  const stream = streamName.delivery(delivery);
  await append(stream, { ...requested(2), data: { ...requested(2).data, delivery } });
  const stop = new AbortController();
  const send: SendToTarget = async (target, instances, onReceipt, signal) => {
    await acknowledge(1)(target, instances, onReceipt, signal);
    stop.abort();
    signal.throwIfAborted();
  };
  await new AttemptDelivery(commands, send, 'dispatch-1').run(stream, noon, stop.signal);
  const events = await log.readStream(stream);
  expect(dataOf(events, 'delivery.failed.v1')).toMatchObject([
    { code: 'dispatch.stopped', by: 'waystation', uncertain: true, delivered: 1, remaining: 1 },
  ]);
  expect(dataOf(events, 'delivery.retry-scheduled.v1')).toEqual([{ attempt: 2, delayMs: 0 }]);
});

it('is not begun again where every worker vanished that began it', async () => {
  const delivery = randomUUID();
  const stream = streamName.delivery(delivery);
  const vanished = [d.attempted(1), d.interrupted(1), d.attempted(2), d.interrupted(2), d.attempted(3)];
  await append(stream, { ...requested(2), data: { ...requested(2).data, delivery } }, ...vanished);
  const poison: SendToTarget = () => Promise.reject(new Error('was sent once more'));
  expect(await new AttemptDelivery(commands, poison, 'dispatch-1').run(stream, noon, goesOn)).toBe(false);
  const events = await log.readStream(stream);
  expect(events.slice(6).map(({ type, metadata }) => [type, metadata.causationid])).toEqual([
    ['delivery.interrupted.v1', events[4]?.position],
    ['delivery.abandoned.v1', events[4]?.position],
  ]);
});

it('writes a receipt down although the log was away when it came', async () => {
  const delivery = randomUUID();
  const stream = streamName.delivery(delivery);
  await append(stream, { ...requested(2), data: { ...requested(2).data, delivery } });
  let outages = 1;
  const shaky = new (class extends CommandHandler {
    override handle: CommandHandler['handle'] = (decider, name, command, context) => {
      const isReceipt = (command as { readonly kind: string }).kind === 'record-receipts';
      if (isReceipt && outages-- > 0) return Promise.reject(new CodedError('log.unavailable', 'the database is away'));
      return commands.handle(decider, name, command, context);
    };
  })(log, 'dispatch');
  const send: SendToTarget = async (_target, instances, onReceipt) => {
    for (const { sopInstanceUid } of instances) {
      await onReceipt({ sopInstanceUid, accepted: true, receipt: '0x0000', transferSyntaxUid: '1.2.840.10008.1.2.1' });
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await new AttemptDelivery(shaky, send, 'dispatch-1').run(stream, noon, goesOn);
  const events = await log.readStream(stream);
  expect(dataOf(events, 'instance.delivered.v1')).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ type: 'delivery.succeeded.v1', data: { attempt: 1 } });
});

/** A handler to which the log is away for the first commands of a kind. */
const shakyFor = (kind: string, outages: number): CommandHandler =>
  new (class extends CommandHandler {
    private left = outages;
    override handle: CommandHandler['handle'] = (decider, name, command, context) =>
      (command as { readonly kind: string }).kind === kind && this.left-- > 0
        ? Promise.reject(new CodedError('log.unavailable', 'the database is away'))
        : commands.handle(decider, name, command, context);
  })(log, 'dispatch');

it('is not the fault of the target where the object store is away: it is made again and does not count', async () => {
  const lacksObjects: SendToTarget = () => {
    const cause = new CodedError('object-store.unavailable', 'S3 is away');
    return Promise.reject(new CodedError('dicom-network.source-failed', 'cannot be sent', { cause }));
  };
  const events = await attempt({}, lacksObjects, lacksObjects, lacksObjects, lacksObjects, acknowledge(2));
  expect(dataOf(events, 'delivery.failed.v1')).toMatchObject(Array.from({ length: 4 }, () => ({ by: 'waystation' })));
  expect(dataOf(events, 'delivery.retry-scheduled.v1')).toHaveLength(4);
  expect(events.at(-1)).toMatchObject({ type: 'delivery.succeeded.v1', data: { attempt: 5 } });
});

it.each(['record-receipts', 'finish-attempt'])(
  'says how it ended once the log is back, which was away for more than one %s',
  async (kind) => {
    const delivery = randomUUID();
    const stream = streamName.delivery(delivery);
    await append(stream, { ...requested(2), data: { ...requested(2).data, delivery } });
    const shaky = shakyFor(kind, 3);
    await new AttemptDelivery(shaky, acknowledge(2), 'dispatch-1').run(stream, noon, goesOn);
    const events = await log.readStream(stream);
    expect(dataOf(events, 'instance.delivered.v1')).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ type: 'delivery.succeeded.v1', data: { attempt: 1 } });
  },
);

it('did not vanish while it waits for the log, though another claim on it is made', async () => {
  const delivery = randomUUID();
  const stream = streamName.delivery(delivery);
  await append(stream, { ...requested(2), data: { ...requested(2).data, delivery } });
  const attempts = new AttemptDelivery(shakyFor('finish-attempt', 2), acknowledge(2), 'dispatch-1');
  const first = attempts.run(stream, noon, goesOn);
  await expect(attempts.run(stream, noon, goesOn)).rejects.toMatchObject({ code: 'dispatch.was-under-way' });
  expect(await first).toBe(true);
  expect((await log.readStream(stream)).map(({ type }) => type)).not.toContain('delivery.interrupted.v1');
});

it('sends of its range the objects that were chosen, where the request names them', async () => {
  const chosen = exampleSeries.sopInstanceUid(2);
  const events = await attempt(
    { instances: { afterSequence: 0, throughSequence: 4, count: 1, sopInstanceUids: [chosen] } },
    acknowledge(2),
  );
  expect(dataOf(events, 'instance.delivered.v1')).toMatchObject([{ sopInstanceUid: chosen }]);
  expect(events.at(-1)).toMatchObject({ type: 'delivery.succeeded.v1', data: { instances: 1 } });
});

it('refuses a delivery that nobody requested', async () => {
  const attempts = new AttemptDelivery(commands, acknowledge(2), 'dispatch-1');
  await expect(attempts.run('delivery/nowhere', noon, goesOn)).rejects.toMatchObject({
    code: 'dispatch.unknown-delivery',
  });
});
