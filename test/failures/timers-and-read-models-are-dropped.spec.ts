import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser, holdAppends, untilAppendsHang } from '../harness/database.js';
import { freePort } from '../harness/dcmtk.js';
import { ask, expectKept, expectNoSilentDouble, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

interface RebuildReport {
  readonly equal: boolean;
  readonly digestAfter: string;
  readonly timers: number;
}

// REQ-REPLAY-2: everything but the log can be dropped, in the middle of the work, and is derived again.
describe('When timers and read models are dropped in the middle of the work', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let port: number;
  let pacs: RecordingTarget | undefined;
  const waiting = syntheticSeries(10, { modality: 'CT' });
  const arriving = syntheticSeries(21, { modality: 'MR' });
  const modality = new Modality();

  beforeAll(async () => {
    folder = await temporaryFolder();
    port = await freePort();
    substrate = await createSubstrate();
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
    const retry = { attempts: 1000, firstDelaySeconds: 8, factor: 1 };
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 4 },
      targets: [{ name: 'pacs', kind: 'dicom', host: '127.0.0.1', port, calledAeTitle: 'PACS', retry }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const drop = async (): Promise<void> => {
    await asSuperuser(
      substrate.databaseUrl,
      `begin;
       delete from log.timer;
       truncate view.series, view.delivery, view.related_stream, view.quarantine;
       delete from log.checkpoint where name = 'audit/read-models';
       commit`,
    );
  };
  const rebuild = (): Promise<RebuildReport> => services.waystation.json<RebuildReport>('rebuild');
  const push = (objects: typeof arriving): Promise<void> => modality.push(services.one('ingest').dicomPort, objects);

  it('a series that waits for quiet and a delivery that waits for its retry go on after a rebuild', async () => {
    await push(waiting);
    await eventually('a delivery that waits', async () => {
      const lines = await ask<readonly DeliveryLine[]>(services.waystation, 'deliveries?status=waiting');
      return lines?.some(({ attempts }) => attempts > 0) ? true : undefined;
    });
    // The last object of the series hangs on its way into the log: the rebuild does not see it, and it is there before
    // the rebuild sets the timers.
    const last = waiting.length + arriving.length - 1;
    let letGo: (() => Promise<void>) | undefined;
    modality.onAcknowledged = async (objects) => {
      if (objects !== last) return;
      await drop();
      expect(await ask(services.waystation, 'queues')).toEqual([]);
      letGo = await holdAppends(substrate.databaseUrl);
    };
    const pushed = push(arriving);
    await untilAppendsHang(substrate.databaseUrl, 1);
    const rebuilt = rebuild();
    await untilAppendsHang(substrate.databaseUrl, 2);
    await letGo?.();
    expect(await rebuilt).toMatchObject({ timers: 2 });
    await pushed;
    pacs = await RecordingTarget.listen(0, port);
    for (const series of [waiting, arriving]) {
      await untilDelivered(services.waystation, series, ['pacs']);
      const history = await services.waystation.history(series[0]?.seriesInstanceUid ?? '');
      await expectKept(history, substrate.objects, modality, series);
      expectNoSilentDouble(history, 'pacs', pacs, series);
    }
    expect(pacs.objects).toBe(waiting.length + arriving.length);
    await expectSoundLog(services.waystation);
  });

  it('what is derived is the same as without the disturbance', async () => {
    const undisturbed = await rebuild();
    await drop();
    expect(await ask(services.waystation, 'series')).toEqual([]);
    await rebuild();
    expect(await ask(services.waystation, 'series')).toHaveLength(2);
    expect(await rebuild()).toMatchObject({ equal: true, digestAfter: undisturbed.digestAfter, timers: 0 });
  });

  it('a timer that nothing asks for goes away by itself', async () => {
    const insert = `insert into log.timer (stream_id, queue, due_at)
      select stream_id, case when stream_id like 'series/%' then 'series-quiet' else 'deliver/pacs' end, now()
      from log.stream where stream_id like 'series/%' or stream_id like 'delivery/%'`;
    await asSuperuser(substrate.databaseUrl, insert);
    await eventually('the end of the timers', async () =>
      (await ask<readonly object[]>(services.waystation, 'queues'))?.length === 0 ? true : undefined,
    );
    expect(await rebuild()).toMatchObject({ equal: true, timers: 0 });
  });
});
