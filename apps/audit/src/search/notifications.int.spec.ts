import type { NotificationLine } from '@waystation/answers';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditedLog, type AuditedLog } from '../../test/audited-log.js';
import { HistoryWriter } from '../../test/write-history.js';
import { writeNotification } from '../../test/write-notification.js';
import { StreamsOfStudy } from '../feed/streams-of-study.js';
import { TellHistory } from '../tell-history/tell-history.js';
import { findById } from './find-streams.js';
import { NotificationsController } from './notifications.controller.js';

let audited: AuditedLog;
let list: NotificationsController;
let writer: HistoryWriter;
let ofSeries: string;
let ofStudy: string;
beforeAll(async () => {
  audited = await auditedLog();
  list = new NotificationsController(audited.views);
  writer = new HistoryWriter(audited.log);
  for (const [study, series] of [
    [0, 1],
    [5, 2],
  ] as const) {
    await writer.receive(study, series, 1);
    await writer.addToStudy(study, series);
  }
  const commands = new CommandHandler(audited.log, 'dispatch');
  const studyInstanceUid = writer.uid(0);
  ofSeries = await writeNotification(commands, { studyInstanceUid, seriesInstanceUid: writer.uid(1) }, 'success');
  ofStudy = await writeNotification(commands, { studyInstanceUid }, 'failure');
  await audited.project.through((await audited.log.head()).position);
});
afterAll(() => audited[Symbol.asyncDispose]());

const idsOf = (lines: readonly NotificationLine[]) => lines.map(({ notification }) => notification);

it('Notifications are listed with what came of them, the one with the newest event first', async () => {
  const lines = await list.list({ limit: 10 });
  const about = { studyInstanceUid: writer.uid(0), rule: 'CT to PACS', event: 'completed', channel: 'on call' };
  expect(lines).toMatchObject([
    {
      ...{ ...about, notification: ofStudy, seriesInstanceUid: null, status: 'waiting', attempts: 1 },
      lastFailure: 'webhook.timeout: no answer within 10 s',
    },
    { ...about, notification: ofSeries, seriesInstanceUid: writer.uid(1), status: 'sent', lastFailure: null },
  ]);
  expect(idsOf(await list.list({ limit: 10, before: lines[0]?.position ?? 0 }))).toEqual([ofSeries]);
});

it('They are found by series, study, channel and status', async () => {
  expect(idsOf(await list.list({ limit: 10, series: writer.uid(1) }))).toEqual([ofSeries]);
  expect(idsOf(await list.list({ limit: 10, study: writer.uid(0) }))).toEqual([ofStudy, ofSeries]);
  expect(idsOf(await list.list({ limit: 10, study: writer.uid(5) }))).toEqual([]);
  expect(idsOf(await list.list({ limit: 10, status: 'sent' }))).toEqual([ofSeries]);
  expect(idsOf(await list.list({ limit: 10, channel: 'nobody' }))).toEqual([]);
  expect(await findById(audited.log, ofStudy)).toMatchObject([{ stream: streamName.notification(ofStudy), events: 4 }]);
});

it('They are part of the history and of the streams of their study, those about a series of the history of that', async () => {
  const history = new TellHistory(audited.log, audited.project, audited.views, audited.identities, '/log/spec/1');
  const [series, study] = [ofSeries, ofStudy].map(streamName.notification);
  const subjectsOf = async (entries: Promise<readonly { readonly subject: string }[]>) =>
    new Set((await entries).map(({ subject }) => subject));
  const ofTheStudy = await subjectsOf(history.ofStudy(writer.uid(0)));
  expect([ofTheStudy.has(series ?? ''), ofTheStudy.has(study ?? '')]).toEqual([true, true]);
  const ofTheSeries = await subjectsOf(history.ofSeries(writer.uid(1)));
  expect([ofTheSeries.has(series ?? ''), ofTheSeries.has(study ?? '')]).toEqual([true, false]);
  const { names } = await StreamsOfStudy.knownTo(audited.views, writer.uid(0));
  expect(names).toEqual(expect.arrayContaining([series, study]));
});
