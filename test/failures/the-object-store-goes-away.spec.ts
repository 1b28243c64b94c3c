import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  expectExported,
  expectKept,
  expectNoSilentDouble,
  expectSoundLog,
  untilDelivered,
} from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually, type DeliveryLine, type HistoryEntry } from '../harness/waystation.js';
import { startCephRgw, type TestCephRgw } from '../services/ceph-rgw.js';

const SUCCESS = 0x0000;
const OUT_OF_RESOURCES = 0xa700;

// REQ-FAIL-5: without the object store nothing is acknowledged, what is delivered waits, and both go on when it is back.
describe('When the object store goes away', () => {
  let folder: string;
  let store: TestCephRgw;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let series: readonly SyntheticInstance[];
  let modality: Modality;
  let history: readonly HistoryEntry[];
  const uid = (): string => series[0]?.seriesInstanceUid ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    [store, pacs] = await Promise.all([startCephRgw(), RecordingTarget.listen(20)]);
    // A server that is silent for two seconds counts as away.
    substrate = await createSubstrate({ objects: `${store.url}&timeout=2` });
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'dispatch', 'audit', 'control']);
    const retry = { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 1 };
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: join(folder, 'export'), retry }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs', 'export'] }],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await store?.stop();
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
    await untilDelivered(services.waystation, series, ['pacs', 'export']);
    history = await services.waystation.history(uid());
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    expectExported(join(folder, 'export', series[0]?.studyInstanceUid ?? '', uid()), series);
  };

  it.each([
    ['dies', () => store.kill(), () => store.restart()],
    ['hangs', () => Promise.resolve(store.signal('SIGSTOP')), () => Promise.resolve(store.signal('SIGCONT'))],
  ])('and %s, senders are told to keep their objects, and the log says so', async (_how, away, back) => {
    scan();
    const pushed = push();
    await until('some objects', () => modality.acknowledged.size > 8);
    await away();
    await until('a refusal', () => modality.statuses.includes(OUT_OF_RESOURCES));
    await back();
    await pushed;
    await expectIntact();
    expect(new Set(modality.statuses)).toEqual(new Set([SUCCESS, OUT_OF_RESOURCES]));
    const refused = history.filter(({ type }) => type === 'instance.refused.v1');
    expect(refused).toHaveLength(modality.statuses.filter((status) => status === OUT_OF_RESOURCES).length);
    for (const { data } of refused)
      expect(data).toMatchObject({ status: OUT_OF_RESOURCES, code: 'object-store.unavailable' });
  });

  it('deliveries that cannot read their objects are tried again until they can', async () => {
    scan();
    await push();
    await store.kill();
    await eventually('failures of both deliveries', async () => {
      const lines = await ask<readonly DeliveryLine[]>(services.waystation, `deliveries?series=${uid()}`);
      return lines?.length === 2 && lines.every(({ lastFailure }) => lastFailure !== null) ? true : undefined;
    });
    await store.restart();
    await expectIntact();
    const failed = history.filter(({ type }) => type === 'delivery.failed.v1');
    expect(failed.length).toBeGreaterThanOrEqual(2);
    expect(failed.every(({ data }) => data['retryable'] === true)).toBe(true);
  });

  it('no service was restarted, the log is whole, and nothing waits', async () => {
    expect(services.all.filter(({ program }) => !program.running)).toEqual([]);
    await expectSoundLog(services.waystation);
  });
});
