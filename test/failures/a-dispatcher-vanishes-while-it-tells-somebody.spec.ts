import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingEndpoint } from '../harness/recording-endpoint.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface NotificationLine {
  readonly notification: string;
  readonly event: string;
  readonly status: string;
}

// REQ-NOTIFY-3: of two dispatchers, the one that tells vanishes between the message and its receipt.
describe('When a dispatcher vanishes while it tells somebody', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let chat: RecordingEndpoint;
  let worker = '';
  let story: readonly HistoryEntry[];
  const series = syntheticSeries(3);
  const uid = series[0]?.seriesInstanceUid ?? '';

  const notifications = async (): Promise<readonly NotificationLine[]> =>
    (await ask<readonly NotificationLine[]>(services.waystation, `notifications?series=${uid}`)) ?? [];

  beforeAll(async () => {
    folder = await temporaryFolder();
    [substrate, pacs, chat] = await Promise.all([
      createSubstrate(),
      RecordingTarget.listen(),
      RecordingEndpoint.start(),
    ]);
    const apps = ['ingest', 'routing', 'dispatch', 'dispatch', 'audit', 'control'] as const;
    services = await Services.start(substrate, folder, apps);
    chat.reply = () => (chat.requests.length === 1 ? 'hang' : 204);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs')],
      notificationChannels: [{ kind: 'webhook', name: 'chat', url: chat.url, timeoutSeconds: 300 }],
      rules: [
        {
          ...{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] },
          notifications: [{ channels: ['chat'], on: ['completed'] }],
        },
      ],
    });
    await new Modality().push(services.one('ingest').dicomPort, series);
    await untilDelivered(services.waystation, series, ['pacs']);
    await eventually('a message that is not answered', async () => (chat.requests.length === 1 ? true : undefined));
    const [line] = await eventually('its notification', async () => {
      const lines = await notifications();
      return lines.length === 1 ? lines : undefined;
    });
    const stream = `notification/${line?.notification}`;
    const attempted = (await services.waystation.history(stream)).find(({ type }) => type.includes('attempted'));
    worker = String(attempted?.data['worker']);
    await services
      .of('dispatch')
      .find(({ program }) => worker.endsWith(`:${program.pid}`))
      ?.program.kill();
    await eventually('a receipt', async () => ((await notifications())[0]?.status === 'sent' ? true : undefined));
    story = await services.waystation.history(stream);
  });
  afterAll(async () => {
    await services?.stop();
    await chat?.[Symbol.asyncDispose]();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  it('another tells it again, names the one that is gone, and says that it may repeat', () => {
    const attempts = story.filter(({ type }) => type === 'notification.attempted.v1').map(({ data }) => data);
    expect(attempts).toMatchObject([
      { attempt: 1, worker, mayRepeat: false },
      { attempt: 2, takenOverFrom: worker, mayRepeat: true },
    ]);
    expect(attempts[1]?.['worker']).not.toBe(worker);
    expect(story.at(-1)?.type).toBe('notification.sent.v1');
  });

  it('the receiver can tell that both are one', () => {
    expect(chat.requests).toHaveLength(2);
    const [first, second] = chat.requests.map(({ headers, body }) => ({ headers, body }));
    expect(second?.headers['idempotency-key']).toBe(first?.headers['idempotency-key']);
    expect(second?.body).toBe(first?.body);
    expect([first, second].map((one) => one?.headers['waystation-may-repeat'])).toEqual([undefined, 'true']);
  });

  it('it is one notification, although two dispatchers heard of the delivery', async () => {
    expect((await notifications()).map(({ event, status }) => [event, status])).toEqual([['completed', 'sent']]);
  });
});
