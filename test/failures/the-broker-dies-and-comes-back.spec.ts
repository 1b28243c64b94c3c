import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { expectKept, expectNoSilentDouble, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';
import { startRabbitMq, type TestRabbitMq } from '../services/rabbitmq.js';

// REQ-FAIL-3: the broker carries news, not truth; without it nothing is lost.
describe('When the broker dies', () => {
  let folder: string;
  let broker: TestRabbitMq;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let series: readonly SyntheticInstance[];
  let modality: Modality;
  const uid = (): string => series[0]?.seriesInstanceUid ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    [broker, pacs] = await Promise.all([startRabbitMq({ folder: join(folder, 'broker') }), RecordingTarget.listen()]);
    substrate = await createSubstrate({ bus: broker.url });
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs')],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await broker?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const scan = (): void => {
    series = syntheticSeries(40, { modality: 'CT' });
    modality = new Modality(10);
  };
  const push = (): Promise<void> => modality.push(services.one('ingest').dicomPort, series);

  const expectOnce = async (): Promise<void> => {
    await untilDelivered(services.waystation, series, ['pacs']);
    const history = await eventually<readonly HistoryEntry[]>('the study to know its series', async () => {
      const told = await services.waystation.history(uid());
      return told.some(({ type }) => type === 'study.series-added.v1') ? told : undefined;
    });
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    expect(series.every(({ sopInstanceUid }) => pacs.received.get(sopInstanceUid)?.length === 1)).toBe(true);
    for (const type of ['series.completed.v1', 'series.routed.v1', 'study.series-added.v1'])
      expect(history.filter((entry) => entry.type === type)).toHaveLength(1);
  };

  /** Whoever wants to begin the delivery of the series to the PACS waits until this is let go. */
  const blockDelivery = async (): Promise<() => Promise<void>> => {
    const id = createHash('sha256').update(`${uid()}\n1\npacs`).digest('hex').slice(0, 20);
    const client = new pg.Client({ connectionString: substrate.databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('begin');
    await client.query(
      'insert into log.stream (stream_id, version, first_position, last_position) values ($1, 1, 1, 1)',
      [`delivery/${id}`],
    );
    return () => client.end();
  };

  const decisionHangs = async (): Promise<boolean> => {
    const waiting = `select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'transactionid'`;
    return (await asSuperuser(substrate.databaseUrl, waiting)).length > 0;
  };

  const relayHasToldOfCompletion = async (): Promise<boolean> => {
    const told = `select 1 from log.checkpoint c, log.event e
      where c.name = 'relay' and e.type = 'series.completed.v1' and e.position <= c.position
        and e.stream_no = (select stream_no from log.stream where stream_id = $1)`;
    return (await asSuperuser(substrate.databaseUrl, told, [`series/${uid()}`])).length > 0;
  };

  it('every object is acknowledged all the same, and the series goes on when it is back', async () => {
    scan();
    const killed = eventually('some objects', async () => (modality.acknowledged.size > 10 ? true : undefined)).then(
      () => broker.kill(),
    );
    await push();
    await killed;
    expect(modality.statuses).toEqual(series.map(() => 0));
    await broker.restart();
    await expectOnce();
  });

  it('together with its disk and with the routing, what it had confirmed and nobody had handled is not lost', async () => {
    scan();
    const letGo = await blockDelivery();
    await push();
    await eventually('news of the completion at work', async () =>
      (await decisionHangs()) && (await relayHasToldOfCompletion()) ? true : undefined,
    );
    await Promise.all([broker.kill(), services.one('routing').program.kill()]);
    await eventually('the failure of that work', async () => ((await decisionHangs()) ? undefined : true));
    await rm(join(folder, 'broker', 'mnesia'), { recursive: true });
    await letGo();
    await broker.restart();
    await services.one('routing').launch();
    await expectOnce();
  });

  it('the log stays whole, and nothing waits', async () => {
    await expectSoundLog(services.waystation);
  });
});
