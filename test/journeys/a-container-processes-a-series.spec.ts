import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBusyboxImage, containerEngineUrl } from '../harness/container-images.js';
import { untilDelivered } from '../harness/evidence.js';
import { renamingModule } from '../harness/mercure-modules.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';

// REQ-PROC-20, REQ-PROC-21: a container written for mercure runs as it is, and what it makes arrives.
describe('A container that a rule asks for', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  const series = syntheticSeries(5, { modality: 'CT' });

  beforeAll(async () => {
    folder = await temporaryFolder();
    const files = { 'app/run.sh': renamingModule };
    const image = await buildBusyboxImage('renaming:1', files, ['CMD ["/app/run.sh"]']);
    pacs = await RecordingTarget.listen();
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_CONTAINERS_ENGINE: containerEngineUrl() });
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      modules: [{ kind: 'container', name: 'rename', image, pull: 'never', memoryMegabytes: 64 }],
      targets: [pacs.configured('pacs')],
      rules: [
        {
          ...{ name: 'all', condition: 'True', action: 'both', targets: ['pacs'] },
          processing: { steps: [{ module: 'rename', settings: { name: 'Doe^Anna' } }] },
        },
      ],
    });
    await sendAll(system.dicomPort, series);
    await untilDelivered(system.waystation, series, ['pacs']);
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.close();
    await removeFolder(folder);
  });

  it('makes what arrives at the target, each object once', () => {
    for (const { sopInstanceUid, dataSet } of series) {
      const place = dataSet.indexOf('Doe^Jane');
      expect(place).toBeGreaterThan(0);
      const renamed = Buffer.from(dataSet);
      renamed.write('Doe^Anna', place);
      expect(pacs.received.get(sopInstanceUid)).toEqual([createHash('sha256').update(renamed).digest('hex')]);
    }
    expect(pacs.objects).toBe(series.length);
  });

  it('is written down with its image and what came of it', async () => {
    const history = await system.waystation.history(series[0]?.seriesInstanceUid ?? '');
    const done = history.filter(({ type }) => type === 'job.succeeded.v1');
    expect(done).toHaveLength(1);
    expect(done[0]?.data).toMatchObject({
      exitCode: 0,
      imageDigest: expect.stringMatching(/^sha256:/) as string,
      outputs: { instances: series.length },
    });
  });
});
