import { setTimeout as sleep } from 'node:timers/promises';
import { EngineConnection, parseEngineAddress } from '@waystation/containers';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBusyboxImage, containerEngineUrl } from '../harness/container-images.js';
import { expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { renamingModule } from '../harness/mercure-modules.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import type { HistoryEntry } from '../harness/waystation.js';

interface Listed {
  readonly Id: string;
}

// REQ-PROC-22: whatever dies, a job ends once, and what it made is delivered once.
describe('When the processing service dies in the middle of a job', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let orphans: readonly Listed[];
  let history: readonly HistoryEntry[];
  const series = syntheticSeries(4, { modality: 'CT' });
  const installation = `failures-${process.pid}`;
  const engine = new EngineConnection(parseEngineAddress(containerEngineUrl()));

  const containers = async (): Promise<readonly Listed[]> => {
    const filters = JSON.stringify({ label: [`org.waystation.installation=${installation}`] });
    const query = new URLSearchParams({ all: 'true', filters }).toString();
    return (await engine.json({ method: 'GET', path: `/containers/json?${query}` })) as readonly Listed[];
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    const image = await buildBusyboxImage('renaming:1', { 'app/run.sh': renamingModule }, ['CMD ["/app/run.sh"]']);
    [substrate, pacs] = await Promise.all([createSubstrate(), RecordingTarget.listen()]);
    services = await Services.start(
      substrate,
      folder,
      ['ingest', 'routing', 'processing', 'dispatch', 'audit', 'control'],
      { WAYSTATION_NAME: installation, WAYSTATION_CONTAINERS_ENGINE: containerEngineUrl() },
    );
    const retry = { attempts: 3, firstDelaySeconds: 0.2 };
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      modules: [
        { kind: 'container', name: 'rename', image, pull: 'never', memoryMegabytes: 64, persistence: true, retry },
      ],
      targets: [pacs.configured('pacs')],
      rules: [
        {
          ...{ name: 'all', condition: 'True', action: 'both', targets: ['pacs'] },
          processing: { steps: [{ module: 'rename', settings: { name: 'Doe^Anna' } }] },
        },
      ],
    });
    await new Modality().push(services.one('ingest').dicomPort, series);
    do orphans = await containers();
    while (orphans.length === 0 && (await sleep(100, true)));
    await services.one('processing').crash();
    await untilDelivered(services.waystation, series, ['pacs']);
    history = await services.waystation.history(series[0]?.seriesInstanceUid ?? '');
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const named = (type: string): readonly HistoryEntry[] => history.filter((entry) => entry.type === type);

  it('the job is done by another attempt, and ends once', () => {
    expect(named('job.failed.v1')[0]?.data).toMatchObject({ attempt: 1, code: 'job.worker-lost' });
    expect(named('job.started.v1')).toHaveLength(2);
    expect(named('job.succeeded.v1')).toHaveLength(1);
  });

  it('what it made is delivered once', () => {
    expect([...pacs.received.values()].map((times) => times.length)).toEqual(series.map(() => 1));
    expect(pacs.objects).toBe(series.length);
  });

  it('its container is removed by the service that comes after it', async () => {
    expect(orphans).toHaveLength(1);
    expect(await containers()).toEqual([]);
  });

  it('the log is sound', async () => {
    await expectSoundLog(services.waystation);
  });
});
