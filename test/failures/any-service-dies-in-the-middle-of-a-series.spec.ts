import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser, holdAppends, untilAppendsHang } from '../harness/database.js';
import {
  expectExported,
  expectKept,
  expectNoSilentDouble,
  expectSoundLog,
  untilDelivered,
} from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Service, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

// REQ-FAIL-1: kill -9 of any one service loses nothing and delivers nothing twice in silence.
describe('A series arrives completely, and every object once or with a record of why twice,', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let series: readonly SyntheticInstance[];
  let modality: Modality;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [substrate, pacs] = await Promise.all([createSubstrate(), RecordingTarget.listen(15)]);
    services = await Services.start(substrate, folder, ['ingest', 'ingest', 'routing', 'dispatch', 'audit', 'control']);
    await services.waystation.publish(configuration());
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const configuration = (): object => ({
    completion: { quietPeriodSeconds: 1 },
    targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: join(folder, 'export') }],
    rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs', 'export'] }],
  });

  const scan = (): void => {
    series = syntheticSeries(40, { modality: 'CT' });
    modality = new Modality(20);
  };
  const uid = (): string => series[0]?.seriesInstanceUid ?? '';

  const pushHalves = async (): Promise<void> => {
    const ports = services.of('ingest').map(({ dicomPort }) => dicomPort);
    await Promise.all(
      ports.map((port, half) =>
        modality.push(
          port,
          series.filter((_, index) => index % 2 === half),
        ),
      ),
    );
  };

  const crashWhenAcknowledged = async (service: Service, objects: number): Promise<void> => {
    await eventually(`${objects} objects`, async () => (modality.acknowledged.size >= objects ? true : undefined));
    await service.crash();
  };

  const expectIntact = async (): Promise<void> => {
    await untilDelivered(services.waystation, series, ['pacs', 'export']);
    const history = await services.waystation.history(uid());
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    expectExported(join(folder, 'export', series[0]?.studyInstanceUid ?? '', uid()), series);
  };

  it('where an ingest dies while objects come in', async () => {
    scan();
    await Promise.all([pushHalves(), crashWhenAcknowledged(services.one('ingest'), 12)]);
    await expectIntact();
    expect([...pacs.received.values()].every((came) => came.length === 1)).toBe(true);
  });

  it('where an ingest dies with an object in the store that the log has not taken yet', async () => {
    scan();
    const pushed = pushHalves();
    await eventually('some objects', async () => (modality.acknowledged.size > 8 ? true : undefined));
    const letGo = await holdAppends(substrate.databaseUrl);
    await untilAppendsHang(substrate.databaseUrl, 2);
    await delay(200);
    const acknowledged = modality.acknowledged.size;
    await delay(500);
    expect(modality.acknowledged.size).toBe(acknowledged);
    await services.one('ingest').program.kill();
    await letGo();
    await services.one('ingest').launch();
    await pushed;
    await expectIntact();
  });

  it('where the routing dies with the completion of the series under way', async () => {
    scan();
    await pushHalves();
    const letGo = await holdAppends(substrate.databaseUrl);
    await eventually('the claim on the series', async () => {
      const sql = 'select 1 from log.timer where stream_id = $1 and claimed_by is not null';
      return (await asSuperuser(substrate.databaseUrl, sql, [`series/${uid()}`])).length > 0 ? true : undefined;
    });
    await services.one('routing').program.kill();
    await letGo();
    await services.one('routing').launch();
    await expectIntact();
  });

  it('where the dispatch dies while a target takes objects', async () => {
    scan();
    const before = pacs.objects;
    let crashed: Promise<void> | undefined;
    pacs.onObject = (objects) => {
      if (objects === before + 10) crashed = services.one('dispatch').crash();
    };
    await pushHalves();
    await expectIntact();
    await crashed;
    const types = (await services.waystation.history(uid())).map(({ type }) => type);
    expect(types).toContain('delivery.interrupted.v1');
    expect(series.some(({ sopInstanceUid }) => pacs.received.get(sopInstanceUid)?.length === 2)).toBe(true);
  });

  it('where the audit and the control die', async () => {
    scan();
    const [audit, control] = [services.one('audit'), services.one('control')];
    await Promise.all([pushHalves(), crashWhenAcknowledged(audit, 10), crashWhenAcknowledged(control, 10)]);
    await services.waystation.publish(configuration());
    await expectIntact();
  });

  it('and the log is whole, and nothing waits', async () => {
    await expectSoundLog(services.waystation);
  });
});
