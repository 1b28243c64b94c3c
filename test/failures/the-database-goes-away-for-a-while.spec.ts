import { setTimeout as delay } from 'node:timers/promises';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectKept, expectNoSilentDouble, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';
import { startPostgres, type TestPostgres } from '../services/postgres.js';

const SUCCESS = 0x0000;
const OUT_OF_RESOURCES = 0xa700;

// REQ-FAIL-4: without the log nothing is acknowledged, and nothing has to be restarted when it is back.
describe('When the database goes away for a while', () => {
  let folder: string;
  let postgres: TestPostgres;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let series: readonly SyntheticInstance[];
  let modality: Modality;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [postgres, pacs] = await Promise.all([startPostgres(), RecordingTarget.listen(50)]);
    substrate = await createSubstrate({ databaseUrl: postgres.url });
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs')],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await postgres?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const scan = (): void => {
    series = syntheticSeries(24, { modality: 'CT' });
    modality = new Modality(20);
  };
  const push = (): Promise<void> => modality.push(services.one('ingest').dicomPort, series);
  const until = (what: string, holds: () => boolean): Promise<true> =>
    eventually(what, async () => (holds() ? true : undefined));

  const expectIntact = async (): Promise<void> => {
    await untilDelivered(services.waystation, series, ['pacs']);
    const history = await services.waystation.history(series[0]?.seriesInstanceUid ?? '');
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
  };

  it('senders are told to keep their objects, and what they send again completes the series', async () => {
    scan();
    const pushed = push();
    await until('some objects', () => modality.acknowledged.size > 10);
    await postgres.kill();
    await until('a refusal', () => modality.statuses.includes(OUT_OF_RESOURCES));
    await postgres.restart();
    await pushed;
    expect(new Set(modality.statuses)).toEqual(new Set([SUCCESS, OUT_OF_RESOURCES]));
    await expectIntact();
  });

  it('a delivery under way is finished, and says so where it may have repeated an object', async () => {
    scan();
    const before = pacs.objects;
    await push();
    await until('some objects at the target', () => pacs.objects > before + 5);
    await postgres.kill();
    // Longer than anybody waits for a database that only restarts.
    await delay(7000);
    await postgres.restart();
    await expectIntact();
  });

  it('an association that began while it was away can be used when it is back', async () => {
    scan();
    modality = new Modality(100);
    await postgres.kill();
    const sent = modality.send(services.one('ingest').dicomPort, series);
    await until('a refusal', () => modality.statuses.includes(OUT_OF_RESOURCES));
    await postgres.restart();
    await sent;
    expect(modality.statuses).toContain(SUCCESS);
    await push();
    await expectIntact();
  });

  it('no service was restarted, the log is whole, and nothing waits', async () => {
    expect(services.all.filter(({ program }) => !program.running)).toEqual([]);
    await expectSoundLog(services.waystation);
  });
});
