import { randomUUID } from 'node:crypto';
import { documentHash } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import {
  ConfigurationDocument,
  ConfigurationPublished,
  streamName,
  StudyCompleted,
  StudyOpened,
  StudyRouted,
  StudySeriesMatched,
  type DeliveryAbandoned,
  type DeliverySucceeded,
  type NewEvent,
  type RecordedEvent,
  type RuleVerdict,
  type SeriesRouted,
} from '@waystation/events';
import { exampleDelivery, exampleSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NotifyWhenDecided } from './notify-when-decided.js';
import { NotifyWhenDelivered } from './notify-when-delivered.js';
import { RequestNotifications } from './request-notifications.js';

const d = exampleDelivery;
const { studyInstanceUid, seriesInstanceUid } = exampleSeries;
const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const base = process.env['WAYSTATION_TEST_POSTGRES_URL'] ?? '';
const template = `notify_${randomUUID().replaceAll('-', '')}`;
let database: string;
let logs: EventLog[];
let log: EventLog;

const urlOf = (name: string): string => Object.assign(new URL(base), { pathname: `/${name}` }).href;
beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${template}`);
  await migrate(urlOf(template));
});
beforeEach(async () => {
  database = `notify_${randomUUID().replaceAll('-', '')}`;
  await server.query(`create database ${database} template ${template}`);
  logs = await Promise.all(
    ['one', 'two'].map((applicationName) => EventLog.open({ url: urlOf(database), applicationName })),
  );
  [log] = logs as [EventLog];
});
afterEach(async () => {
  await Promise.all(logs.map((each) => each.close()));
  await server.query(`drop database ${database} with (force)`);
});
afterAll(async () => {
  await server.query(`drop database ${template} with (force)`);
  await server.end();
});

const append = async (stream: string, ...events: readonly NewEvent[]): Promise<readonly RecordedEvent[]> =>
  log.append({ parts: [{ stream, expected: 'any', events }], time: new Date().toISOString(), metadata: {} });

/** What hears of events, as it runs in one dispatcher. */
const dispatcher = (of: EventLog) => {
  const commands = new CommandHandler(of, 'dispatch');
  const requests = new RequestNotifications(of, commands);
  return {
    decided: new NotifyWhenDecided(commands, requests),
    delivered: new NotifyWhenDelivered(commands, requests),
  };
};

const all = ['received', 'completed', 'error'];
const publish = (version: number, ...rules: readonly object[]) => {
  const document = ConfigurationDocument.parse({
    targets: ['archive', 'research'].map((name) => ({ kind: 'folder', name, path: '/srv' })),
    rules: rules.map((rule) => ({ condition: 'True', action: 'route', targets: ['archive'], ...rule })),
  });
  const published = { version, sha256: documentHash(document), document, author: 'r.huber', reason: 'a test' };
  return append(streamName.configuration, ConfigurationPublished.of(published));
};
const telling = { notifications: [{ channels: ['chat'], on: all }] };

const verdict = (rule: string): RuleVerdict => ({
  rule,
  verdict: 'matched',
  condition: 'True',
  because: '',
  observations: [],
});
const deliveries = ['archive', 'research'].map((target) => ({ delivery: `to-${target}`, target, rules: ['All'] }));

/** A series that a rule sent to two targets. */
const routed = async (): Promise<RecordedEvent<SeriesRouted>> => {
  const events = await append(
    streamName.series(seriesInstanceUid),
    ...[exampleSeries.opened(), exampleSeries.stored(1), exampleSeries.completed(1)],
    exampleSeries.routed(1, { outcome: 'routed', verdicts: [verdict('All')], deliveries }),
  );
  for (const { delivery, target } of deliveries)
    await append(streamName.delivery(delivery), {
      ...d.requested(1),
      data: { ...d.requested(1).data, delivery, target },
    });
  return events.at(-1) as RecordedEvent<SeriesRouted>;
};
type Ended = RecordedEvent<DeliverySucceeded | DeliveryAbandoned>;
const succeed = async (delivery: string): Promise<Ended> =>
  (await append(streamName.delivery(delivery), d.attempted(1), d.delivered(1), d.succeeded(1, 1))).at(-1) as Ended;
const abandon = async (delivery: string): Promise<Ended> =>
  (await append(streamName.delivery(delivery), d.attempted(1), d.failed(1), d.abandoned(1))).at(-1) as Ended;

const told = async (): Promise<readonly string[]> => {
  const events = await log.readAll({ after: 0, limit: 1000 });
  return events
    .filter(({ type }) => type === 'notification.requested.v1')
    .map(({ data }) => data as { rule: string; event: string; revision: number; details: string })
    .map(({ rule, event, details }) => `${rule} ${event}: ${details}`);
};

describe('a series that two targets get', () => {
  it('is received when it is decided, and completed when both have it, however often anybody hears of it', async () => {
    await publish(1, { name: 'All', ...telling });
    const [one, two] = logs.map(dispatcher) as [ReturnType<typeof dispatcher>, ReturnType<typeof dispatcher>];
    const decision = await routed();
    await Promise.all([one.decided.on(decision), two.decided.on(decision)]);
    expect(await told()).toEqual(['All received: goes to archive, research']);
    const archived = await succeed('to-archive');
    await Promise.all([one.delivered.on(archived), two.delivered.on(archived), one.delivered.on(archived)]);
    expect(await told()).toHaveLength(1);
    const researched = await succeed('to-research');
    await Promise.all([two.delivered.on(researched), one.delivered.on(researched), one.delivered.on(archived)]);
    expect((await told()).slice(1)).toEqual(['All completed: delivered to archive, research']);
    const requested = (await log.readAll({ after: 0, limit: 1000 })).filter(
      ({ type }) => type === 'notification.requested.v1',
    );
    expect(requested[0]?.metadata.causationid).toBe(decision.position);
    expect([archived.position, researched.position]).toContain(requested[1]?.metadata.causationid);
  });

  it('is completed once where both end at the same time and each dispatcher hears of one', async () => {
    await publish(1, { name: 'All', ...telling });
    const [one, two] = logs.map(dispatcher) as [ReturnType<typeof dispatcher>, ReturnType<typeof dispatcher>];
    await routed();
    const [archived, researched] = await Promise.all([succeed('to-archive'), succeed('to-research')]);
    await Promise.all([one.delivered.on(archived), two.delivered.on(researched)]);
    expect(await told()).toEqual(['All completed: delivered to archive, research']);
  });

  it('is an error once where both fail, also where somebody asked for another round before anybody heard', async () => {
    await publish(1, { name: 'All', ...telling });
    const { delivered } = dispatcher(log);
    await routed();
    const archived = await abandon('to-archive');
    await append(streamName.delivery('to-archive'), d.redriven());
    await delivered.on(archived);
    await delivered.on(await abandon('to-research'));
    expect(await told()).toEqual(['All error: archive: given up, dicom.connection-refused']);
    await delivered.on(await succeed('to-archive'));
    expect(await told()).toHaveLength(1);
  });

  it('is followed by the configuration that decided, whatever is in force by now', async () => {
    await publish(1, { name: 'All', ...telling });
    await publish(2, { name: 'Other' });
    await publish(3, { name: 'All' });
    await dispatcher(log).decided.on(await routed());
    expect(await told()).toEqual(['All received: goes to archive, research']);
  });
});

describe('a study whose rule names a target that another rule has sent to already', () => {
  const rules = [{ name: 'All' }, { name: 'Whole studies', trigger: 'study', study: {}, ...telling }];
  const configuration = { version: 1, sha256: exampleSeries.sha256(1) };
  const series = { seriesInstanceUid, revision: 1, seriesDescription: '', seriesNumber: null };
  const alreadyRequested = [{ delivery: 'to-archive', seriesInstanceUid, revision: 1, target: 'archive' }];
  const which = { rule: 'Whole studies', revision: 1, configuration };
  /** The study is complete for the rule, and finds that another one asked for its delivery. */
  const study = async (): Promise<RecordedEvent<StudyRouted>> => {
    const events = await append(
      streamName.study(studyInstanceUid),
      StudyOpened.of({ studyInstanceUid }),
      StudySeriesMatched.of({ rule: which.rule, series }),
      StudyCompleted.of({ ...which, trigger: 'quiet', series: [series], pending: [], missing: [] }),
      StudyRouted.of({ ...which, deliveries: [], alreadyRequested }),
    );
    return events.at(-1) as RecordedEvent<StudyRouted>;
  };

  it('is completed at once where that arrived before', async () => {
    await publish(1, ...rules);
    await routed();
    const { decided, delivered } = dispatcher(log);
    await delivered.on(await succeed('to-archive'));
    expect(await told()).toEqual([]);
    await decided.on(await study());
    expect(await told()).toEqual([
      'Whole studies received: goes to archive',
      'Whole studies completed: delivered to archive',
    ]);
  });

  it('is completed by that delivery where it arrives later', async () => {
    await publish(1, ...rules);
    await routed();
    const { decided, delivered } = dispatcher(log);
    await decided.on(await study());
    await delivered.on(await succeed('to-archive'));
    expect(await told()).toEqual([
      'Whole studies received: goes to archive',
      'Whole studies completed: delivered to archive',
    ]);
  });
});
