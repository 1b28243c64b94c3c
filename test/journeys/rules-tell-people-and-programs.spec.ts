import { join } from 'node:path';
import { syntheticSeries, TestAuthority } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../harness/dcmtk.js';
import { MailServer } from '../harness/mail-server.js';
import { RecordingEndpoint } from '../harness/recording-endpoint.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface NotificationLine {
  readonly notification: string;
  readonly rule: string;
  readonly event: string;
  readonly status: string;
  readonly attempts: number;
  readonly lastFailure: string | null;
}

const retry = { attempts: 1000, firstDelaySeconds: 0.05, longestDelaySeconds: 0.2 };
const slack = '{"text": "Rule *{{ rule }}*: {{ event }}{% if details %}, {{ details }}{% endif %}"}';

// REQ-NOTIFY-1 to REQ-NOTIFY-6: rules tell of what they match, deliver and fail to deliver.
describe('Rules that tell people and programs', () => {
  let folder: string;
  let system: Standalone;
  let authority: TestAuthority;
  let mail: MailServer;
  let target: RecordingTarget;
  let chat: RecordingEndpoint;
  let flaky: RecordingEndpoint;
  let ris: RecordingEndpoint;
  let picky: RecordingEndpoint;
  const series = syntheticSeries(2, { patientName: 'Doe^Jane', patientId: '4711' });
  const uid = series[0]?.seriesInstanceUid ?? '';

  const notificationsOf = async (rule: string): Promise<readonly NotificationLine[]> => {
    const lines = await system.waystation.json<readonly NotificationLine[]>('notifications', '--series', uid);
    return lines.filter((line) => line.rule === rule);
  };
  const until = (rule: string, count: number, status: string): Promise<readonly NotificationLine[]> =>
    eventually(`${count} notifications of ${rule} that are ${status}`, async () => {
      const lines = await notificationsOf(rule);
      return lines.length === count && lines.every((line) => line.status === status) ? lines : undefined;
    });
  const storyOf = ({ notification }: NotificationLine): Promise<readonly HistoryEntry[]> =>
    system.waystation.history(`notification/${notification}`);

  const webhook = (name: string, { url }: RecordingEndpoint, more: object = {}) => ({
    kind: 'webhook',
    name,
    url,
    retry,
    ...more,
  });
  const rule = (name: string, channel: string, on: readonly string[], more: object = {}) => ({
    ...{ name, condition: 'True', action: 'notify', notifications: [{ channels: [channel], on }] },
    ...more,
  });

  beforeAll(async () => {
    folder = await temporaryFolder();
    authority = await TestAuthority.create();
    const { certificate: cert, key } = await authority.issue('mail');
    mail = await MailServer.start({ cert, key }, 'hush');
    [chat, flaky, ris, picky] = (await Promise.all(Array.from({ length: 4 }, () => RecordingEndpoint.start()))) as [
      RecordingEndpoint,
      RecordingEndpoint,
      RecordingEndpoint,
      RecordingEndpoint,
    ];
    picky.reply = () => 422;
    await flaky.down();
    target = await RecordingTarget.listen();
    system = await startStandalone(join(folder, 'data'), { SMTP_PASSWORD: 'hush' });
    const dead = {
      ...{ name: 'dead', kind: 'dicom', host: '127.0.0.1', port: await freePort(), calledAeTitle: 'PACS' },
      retry: { attempts: 2, firstDelaySeconds: 0.05 },
    };
    const physicist = {
      ...{ kind: 'email', name: 'physicist', host: 'localhost', port: mail.port, caFile: authority.path, retry },
      ...{ user: 'waystation', password: { environment: 'SMTP_PASSWORD' } },
      ...{ from: 'waystation@hospital.example', to: ['physics@hospital.example'] },
    };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [target.configured('living'), dead],
      notificationChannels: [
        webhook('chat', chat, { payload: slack }),
        webhook('flaky', flaky),
        webhook('ris', ris, { identity: true }),
        webhook('picky', picky),
        physicist,
      ],
      rules: [
        rule('All', 'chat', ['received', 'completed', 'error'], { action: 'route', targets: ['living'] }),
        rule('Dead', 'physicist', ['completed', 'error'], { action: 'route', targets: ['dead'] }),
        rule('Flaky', 'flaky', ['completed']),
        rule('Named', 'ris', ['received', 'completed']),
        rule('Picky', 'picky', ['received']),
      ],
    });
    await sendAll(system.dicomPort, series);
  });
  afterAll(async () => {
    await system?.program.stop();
    for (const endpoint of [chat, flaky, ris, picky, mail]) await endpoint?.[Symbol.asyncDispose]();
    await target?.close();
    await authority?.remove();
    await removeFolder(folder);
  });

  it('tell a chat when a series is received and when everything arrived, in the words of its template', async () => {
    await until('All', 2, 'sent');
    const texts = chat.taken.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(texts.toSorted()).toEqual([
      'Rule *All*: COMPLETED, delivered to living',
      'Rule *All*: RECEIVED, goes to living',
    ]);
    const ids = (await notificationsOf('All')).map(({ notification }) => notification);
    expect(new Set(chat.taken.map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(ids));
  });

  it('tell a person by e-mail that a target is dead', async () => {
    const [error] = await until('Dead', 1, 'sent');
    expect(error).toMatchObject({ event: 'error' });
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]).toContain('Subject: [Waystation] Dead: ERROR');
    expect(mail.mails[0]).toContain('dead: given up, dicom-network.');
    expect(mail.mails[0]).toContain(uid);
    expect(mail.mails[0]).not.toContain('Doe');
  });

  it('try again as long as an endpoint is down, and tell it once', async () => {
    await eventually('a failure', async () => ((await notificationsOf('Flaky'))[0]?.lastFailure ? true : undefined));
    await flaky.listen();
    const [line] = await until('Flaky', 1, 'sent');
    expect(line?.attempts).toBeGreaterThan(1);
    expect(flaky.requests).toHaveLength(1);
    expect(JSON.parse(flaky.requests[0]?.body ?? '')).toMatchObject({
      ...{ rule: 'Flaky', event: 'COMPLETED', series: uid, task_id: uid, revision: 1, targets: [] },
      notification: line?.notification,
    });
    const types = (await storyOf(line as NotificationLine)).map(({ type }) => type);
    expect(types.slice(0, 4)).toEqual([
      ...['notification.requested.v1', 'notification.attempted.v1', 'notification.failed.v1'],
      'notification.retry-scheduled.v1',
    ]);
    expect(types.slice(-2)).toEqual(['notification.attempted.v1', 'notification.sent.v1']);
  });

  it('that only tell do so at the decision; the patient is named to the channel that may know', async () => {
    await until('Named', 2, 'sent');
    const told = ris.taken.map(({ body }) => JSON.parse(body) as Readonly<Record<string, unknown>>);
    expect(new Set(told.map(({ event }) => event))).toEqual(new Set(['COMPLETED', 'RECEIVED']));
    expect(told[0]).toMatchObject({ patient_name: 'Doe^Jane', mrn: '4711' });
    expect(JSON.stringify(chat.taken) + JSON.stringify(flaky.taken)).not.toContain('Doe');
  });

  it('give up where an endpoint refuses, and try again when somebody asks', async () => {
    const [line] = await until('Picky', 1, 'abandoned');
    expect(line).toMatchObject({ attempts: 1, lastFailure: expect.stringContaining('webhook.http-422') as string });
    picky.reply = () => 204;
    await system.waystation.json('redrive', line?.notification ?? '', '--reason', 'the chat was put right');
    await until('Picky', 1, 'sent');
    expect((await storyOf(line as NotificationLine)).map(({ sentence }) => sentence)).toContain(
      'to be tried again: the chat was put right',
    );
  });

  it('leave it all in the history of the series, without the patient, the password and the message', async () => {
    const history = await system.waystation.history(uid);
    const sentences = history.filter(({ type }) => type.startsWith('notification.')).map(({ sentence }) => sentence);
    expect(sentences).toContain("'chat' to be told that rule 'All' is complete: delivered to living");
    expect(sentences).toContain(
      "'physicist' to be told that rule 'Dead' failed: dead: given up, dicom-network.unreachable",
    );
    const written = JSON.stringify(history.filter(({ type }) => type.startsWith('notification.')));
    for (const secret of ['Doe', '4711', 'hush']) expect(written).not.toContain(secret);
    const requested = history.filter(({ type }) => type === 'notification.requested.v1');
    for (const { causationid } of requested) expect(history.map(({ id }) => id)).toContain(causationid);
  });

  it('are refused with a template that makes nothing of use, or a channel that is not there', async () => {
    const publishing = system.waystation.publish({
      notificationChannels: [webhook('chat', chat, { payload: '{"text": {{ patient }}}' })],
      rules: [rule('All', 'chatt', ['received'])],
    });
    await expect(publishing).rejects.toThrow(/chatt[^]*there is no value 'patient'/);
  });
});
