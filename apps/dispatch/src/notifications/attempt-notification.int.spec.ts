import { randomBytes, randomUUID } from 'node:crypto';
import { documentHash } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import {
  ConfigurationDocument,
  ConfigurationPublished,
  NotificationRequested,
  streamName,
  StudyOpened,
  StudySeriesAdded,
  type NewEvent,
} from '@waystation/events';
import { CreateIdentityKeys1767268800000, openIdentities, type Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import { exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AttemptNotification } from './attempt-notification.js';
import type { SendByChannel, Telling } from './channels/send-by-channel.js';

const { seriesInstanceUid, studyInstanceUid, sopInstanceUid } = exampleSeries;
const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const database = `notify_${randomUUID().replaceAll('-', '')}`;
const facts = { PatientName: 'Doe^Jane', PatientID: '4711', AccessionNumber: 'A1' };
let log: EventLog;
let commands: CommandHandler;
let identities: Identities;

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${database}`);
  const url = new URL(process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '');
  url.pathname = `/${database}`;
  await migrate(url.href, [CreateIdentityKeys1767268800000]);
  log = await EventLog.open({ url: url.href, applicationName: 'dispatch-spec' });
  commands = new CommandHandler(log, 'dispatch');
  const settings = { key: { text: randomBytes(32).toString('base64') }, previousKey: undefined };
  identities = await openIdentities({ database: log, settings, onKeyMade: () => undefined });
  const retry = { attempts: 2, firstDelaySeconds: 0.05 };
  const document = ConfigurationDocument.parse({
    notificationChannels: [
      { kind: 'webhook', name: 'chat', url: 'https://chat.example/hook', retry },
      { kind: 'webhook', name: 'ris', url: 'https://ris.example/hook', retry, identity: true },
    ],
  });
  const published = { version: 1, sha256: documentHash(document), document, author: 'r.huber', reason: 'a test' };
  await append(streamName.configuration, ConfigurationPublished.of(published));
  const uids = { studyInstanceUid, seriesInstanceUid, sopInstanceUid: sopInstanceUid(1) };
  const sealed = await identities.seal(uids, facts);
  const header = { ...exampleSeries.headerFromSender(1), DeviceSerialNumber: '0815' };
  const opened = exampleSeries.opened(1, { header, identity: sealed.seriesOpened });
  await append(streamName.series(seriesInstanceUid), opened, exampleSeries.stored(1));
  const added = { seriesInstanceUid, modality: 'CT', seriesDescription: '' };
  await append(streamName.study(studyInstanceUid), StudyOpened.of({ studyInstanceUid }), StudySeriesAdded.of(added));
});
afterAll(async () => {
  await log.close();
  await server.query(`drop database ${database} with (force)`);
  await server.end();
});

const append = (stream: string, ...events: readonly NewEvent[]) =>
  log.append({ parts: [{ stream, expected: 0, events }], time: new Date().toISOString(), metadata: {} });
const goesOn = new AbortController().signal;
const taken: SendByChannel = () => Promise.resolve({ receipt: 'HTTP 204' });
const failed: SendByChannel = () =>
  Promise.resolve({
    ...{
      code: 'webhook.http-503',
      reason: 'the endpoint answered 503',
      retryable: true,
      by: 'channel',
      uncertain: false,
    },
    retryAfterMs: 0,
  });

const request = (changes: Partial<NotificationRequested['data']>): NotificationRequested =>
  NotificationRequested.of({
    notification: randomUUID(),
    rule: 'All',
    channel: 'chat',
    event: 'error',
    studyInstanceUid,
    revision: 1,
    configurationVersion: 1,
    targets: ['archive'],
    details: 'archive: given up',
    ...changes,
  });
const appended = async (requested: NotificationRequested): Promise<string> => {
  const stream = streamName.notification(requested.data.notification);
  await append(stream, requested);
  return stream;
};
const requested = (changes: Partial<NotificationRequested['data']> = {}) =>
  appended(request({ seriesInstanceUid, ...changes }));
/** A notification, attempted as often as there are ways in which it goes. */
const attempt = async (stream: string, ways: readonly SendByChannel[], known: Identities | undefined = identities) => {
  const from = { commands, identities: known };
  for (const send of ways) await new AttemptNotification(from, send, 'dispatch-1').run(stream, goesOn);
  return (await log.readStream(stream)).slice(1);
};
const keeping =
  (told: Telling[]): SendByChannel =>
  (_channel, telling) => {
    told.push(telling);
    return Promise.resolve({ receipt: '250 OK' });
  };

it('writes down that it begins before anything is sent, and how it ended; each names its cause', async () => {
  const stream = await requested();
  const events = await attempt(stream, [failed, taken]);
  expect(events.map(({ type, metadata }) => [type, metadata.correlationid])).toEqual(
    [
      ...['notification.attempted.v1', 'notification.failed.v1', 'notification.retry-scheduled.v1'],
      ...['notification.attempted.v1', 'notification.sent.v1'],
    ].map((type) => [type, streamName.series(seriesInstanceUid)]),
  );
  const [first, failure, , second, sent] = events;
  expect(failure?.metadata.causationid).toBe(first?.position);
  expect(sent?.metadata.causationid).toBe(second?.position);
  expect(first?.data).toEqual({
    ...{
      attempt: 1,
      worker: 'dispatch-1',
      channel: 'chat',
      configurationVersion: 1,
      identity: false,
      mayRepeat: false,
    },
  });
  expect(sent?.data).toMatchObject({ attempt: 2, receipt: 'HTTP 204' });
});

it('is sent again by the next worker where one vanished between message and receipt, and says so', async () => {
  const stream = await requested();
  const told: Telling[] = [];
  const vanishing: SendByChannel = async (channel, telling, signal) => {
    await keeping(told)(channel, telling, signal);
    throw new CodedError('log.unavailable', 'and so is everything else');
  };
  const dying = new (class extends CommandHandler {
    override handle: CommandHandler['handle'] = (decider, name, command, context) =>
      (command as { readonly kind: string }).kind === 'finish-notifying'
        ? Promise.reject(new CodedError('log.unavailable', 'the process is gone'))
        : commands.handle(decider, name, command, context);
  })(log, 'dispatch');
  const first = new AttemptNotification({ commands: dying, identities }, vanishing, 'dispatch-1');
  await expect(first.run(stream, goesOn)).rejects.toMatchObject({ code: 'log.unavailable' });
  await new AttemptNotification({ commands, identities }, keeping(told), 'dispatch-2').run(stream, goesOn);
  expect(told.map(({ attempt: number, mayRepeat, values }) => [number, mayRepeat, values.notification])).toEqual([
    [1, false, told[0]?.values.notification],
    [2, true, told[0]?.values.notification],
  ]);
  expect((await log.readStream(stream)).slice(1).map(({ type, data }) => [type, data])).toMatchObject([
    ['notification.attempted.v1', { attempt: 1, worker: 'dispatch-1' }],
    ['notification.attempted.v1', { attempt: 2, worker: 'dispatch-2', takenOverFrom: 'dispatch-1', mayRepeat: true }],
    ['notification.sent.v1', { attempt: 2 }],
  ]);
});

it('is broken off by a stop, which is not the fault of the channel', async () => {
  const stream = await requested();
  const stop = new AbortController();
  const send: SendByChannel = (channel, telling, signal) => {
    stop.abort();
    return failed(channel, telling, signal);
  };
  await new AttemptNotification({ commands, identities }, send, 'dispatch-1').run(stream, stop.signal);
  expect((await log.readStream(stream)).slice(2).map(({ data }) => data)).toMatchObject([
    { code: 'dispatch.stopped', by: 'waystation', uncertain: true },
    { attempt: 2, delayMs: 0 },
  ]);
});

it('is given up at once where the channel is configured no more', async () => {
  const events = await attempt(await requested({ channel: 'gone' }), [taken]);
  expect(events.at(-1)).toMatchObject({
    type: 'notification.abandoned.v1',
    data: { code: 'notification.unknown-channel' },
  });
});

it('names the patient to the channel that may know, and leaves it nowhere', async () => {
  const told: Telling[] = [];
  const streams = [await requested({ channel: 'chat' }), await requested({ channel: 'ris' })];
  for (const stream of streams) await attempt(stream, [keeping(told)]);
  const common = { task_id: seriesInstanceUid, event: 'ERROR', DeviceSerialNumber: '0815' };
  expect(told.map(({ values }) => values)).toMatchObject([
    { ...common, acc: '', mrn: '', patient_name: '' },
    { ...common, acc: 'A1', mrn: '4711', patient_name: 'Doe^Jane' },
  ]);
  for (const stream of streams) {
    const written = JSON.stringify(await log.readStream(stream));
    for (const fact of ['Doe', '4711', '"A1"']) expect(written).not.toContain(fact);
  }
  expect((await log.readStream(streams[1] ?? ''))[1]?.data).toMatchObject({ identity: true });
});

it('of a study is told by its first series', async () => {
  const told: Telling[] = [];
  const stream = await appended(request({ channel: 'ris', event: 'completed', revision: 2 }));
  const [attempted] = await attempt(stream, [keeping(told)]);
  expect(attempted?.metadata.correlationid).toBe(streamName.study(studyInstanceUid));
  expect(told[0]?.values).toMatchObject({
    ...{ task_id: studyInstanceUid, series: '', patient_name: 'Doe^Jane', DeviceSerialNumber: '0815' },
  });
});

it('is given up where the channel names patients and nobody here can tell who they are', async () => {
  const from = { commands, identities: undefined };
  const stream = await requested({ channel: 'ris' });
  await new AttemptNotification(from, taken, 'dispatch-1').run(stream, goesOn);
  expect((await log.readStream(stream)).at(-1)).toMatchObject({
    type: 'notification.abandoned.v1',
    data: { code: 'notification.no-identity-key' },
  });
});

it('is tried again where what it needs is away', async () => {
  const away: SendByChannel = () => Promise.reject(new CodedError('secret.unavailable', 'the file cannot be read'));
  const events = await attempt(await requested(), [away]);
  expect(events.map(({ type }) => type)).toEqual([
    ...['notification.attempted.v1', 'notification.failed.v1', 'notification.retry-scheduled.v1'],
  ]);
});

it('is refused where nobody requested it', async () => {
  const attempts = new AttemptNotification({ commands, identities }, taken, 'dispatch-1');
  const run = attempts.run('notification/nowhere', goesOn);
  await expect(run).rejects.toMatchObject({ code: 'dispatch.unknown-notification' });
});
