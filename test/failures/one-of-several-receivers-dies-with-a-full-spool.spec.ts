import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectExported, expectKept, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { childrenOf } from '../harness/processes.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';
import { startCephRgw, type TestCephRgw } from '../services/ceph-rgw.js';

// REQ-FAIL-6: several receivers behind one port spool into one folder; what one of them leaves, the others move.
describe('Where several receivers spool and one of them dies', () => {
  let folder: string;
  let store: TestCephRgw;
  let system: Standalone;
  let objects: string;
  const series: readonly SyntheticInstance[] = syntheticSeries(40, { modality: 'CT' });
  const modality = new Modality();
  const exported = (): string => join(folder, 'export');

  beforeAll(async () => {
    folder = await temporaryFolder();
    store = await startCephRgw();
    objects = `${store.url}&timeout=2`;
    system = await startStandalone(join(folder, 'data'), {
      WAYSTATION_OBJECTS: objects,
      WAYSTATION_ACKNOWLEDGE: 'spooled',
      WAYSTATION_RECEIVERS: '2',
    });
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [{ name: 'export', kind: 'folder', path: exported() }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await store?.stop();
    await removeFolder(folder);
  });

  const receivers = async (): Promise<readonly number[]> => {
    const [supervisor = -1] = await childrenOf(system.program.pid, 'ingest');
    return childrenOf(supervisor, 'ingest');
  };

  it('every object that any of them acknowledged gets to its target', async () => {
    await store.kill();
    const before = await receivers();
    expect(before).toHaveLength(2);
    // Associations go to the receivers in turn.
    for (let part = 0; part < 4; part++) {
      const own = series.filter((_, index) => index % 4 === part);
      await modality.push(system.dicomPort, own);
    }
    expect(modality.acknowledged.size).toBe(series.length);
    // A receiver that ends sooner counts as one that never worked.
    await delay(6000);
    const [killed = -1] = before;
    process.kill(killed, 'SIGKILL');
    await eventually('another receiver', async () => {
      const now = await receivers();
      return now.length === 2 && !now.includes(killed) ? true : undefined;
    });
    await store.restart();
    await untilDelivered(system.waystation, series, ['export']);
    const history = await system.waystation.history(series[0]?.seriesInstanceUid ?? '');
    await expectKept(history, objects, modality, series);
    expectExported(join(exported(), series[0]?.studyInstanceUid ?? '', series[0]?.seriesInstanceUid ?? ''), series);
  });

  it('nothing is left in the spool, and the log is whole', async () => {
    await eventually('an empty spool', async () => {
      const entries = await readdir(join(system.dataFolder, 'spool'), { withFileTypes: true, recursive: true });
      return entries.some((entry) => entry.isFile()) ? undefined : true;
    });
    await expectSoundLog(system.waystation);
  });
});
