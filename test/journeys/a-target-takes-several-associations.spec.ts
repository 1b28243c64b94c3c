import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

// REQ-DELIVER-7: a delivery is spread over as many associations as its target is configured for.
describe('A target that is configured for four associations', () => {
  let folder: string;
  let system: Standalone;
  let target: RecordingTarget;

  beforeAll(async () => {
    folder = await temporaryFolder();
    [system, target] = await Promise.all([startStandalone(join(folder, 'data')), RecordingTarget.listen()]);
  });

  afterAll(async () => {
    await system?.program.stop();
    await target?.close();
    await removeFolder(folder);
  });

  it('is sent a series over four, every object once', async () => {
    const series = syntheticSeries(24, { modality: 'CT' });
    // Nothing is answered before all of them are there.
    target.onObject = async () => {
      await eventually('four associations', async () => (target.associations >= 4 ? true : undefined));
    };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [{ ...target.configured('pacs'), associations: 4 }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
    await sendAll(system.dicomPort, series);
    const [delivery] = await system.waystation.deliveries(series[0]?.seriesInstanceUid ?? '', 1);
    expect(delivery).toMatchObject({ attempts: 1, delivered: series.length });
    expect(target.associations).toBe(4);
    expect([target.objects, target.received.size]).toEqual([series.length, series.length]);
  });
});
