import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobFileLine, JobLine } from '@waystation/answers';
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
    const leaves = 'mkdir "$MERCURE_OUT_DIR/notes"; echo hello > "$MERCURE_OUT_DIR/notes/.report.txt"\n';
    const files = { 'app/run.sh': renamingModule + leaves };
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

  it('leaves files that are taken away under names that lead nowhere else, bit by bit', async () => {
    const [{ job } = { job: '' }] = await system.waystation.json<readonly JobLine[]>('jobs', '--module', 'rename');
    const [file] = await system.waystation.json<readonly JobFileLine[]>('job', 'files', job);
    expect(file).toMatchObject({ name: 'notes/_report.txt', size: 6 });
    const [one, all] = [join(folder, 'one.txt'), join(folder, 'all')];
    await system.waystation.json('job', 'file', job, 'notes/_report.txt', '-o', one);
    expect(await readFile(one, 'utf8')).toBe('hello\n');
    const { stderr } = await system.waystation.run('job', 'file', job, 'notes/_report.txt', '-o', one);
    expect(stderr).toContain('cli.file-exists');
    await system.waystation.json('job', 'files', job, '--out', all);
    expect(await readdir(all)).toEqual(['notes__report.txt']);
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
