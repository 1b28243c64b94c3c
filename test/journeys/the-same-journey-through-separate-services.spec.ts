import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticInstance, syntheticSeries, syntheticUid } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetsUnder, filesUnder, freePort, startStorescp, storescu } from '../harness/dcmtk.js';
import { dumpsOfContent } from '../harness/dumps.js';
import type { Program } from '../harness/program.js';
import { send } from '../harness/sending.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const twoOfEach = [
  'ingest',
  'ingest',
  'routing',
  'routing',
  'dispatch',
  'dispatch',
  'audit',
  'audit',
  'control',
  'control',
] as const;

// REQ-SCALE-1: the same modules as separate services over RabbitMQ, Postgres and S3, two of each.
describe('Two of each service over RabbitMQ, Postgres and S3', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: Program;

  beforeAll(async () => {
    folder = await temporaryFolder();
    substrate = await createSubstrate();
    services = await Services.start(substrate, folder, twoOfEach);
    const port = await freePort();
    pacs = await startStorescp(join(folder, 'pacs'), port);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 2 },
      targets: [
        { name: 'pacs', kind: 'dicom', host: '127.0.0.1', port, calledAeTitle: 'PACS' },
        { name: 'export', kind: 'folder', path: join(folder, 'export') },
      ],
      rules: [
        { name: 'MR', condition: "tags.Modality == 'MR'", action: 'route', targets: ['pacs', 'export'] },
        { name: 'rest', condition: 'True', action: 'route', targets: ['pacs'], fallback: true },
      ],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.stop();
    await substrate?.remove();
    await removeFolder(folder);
  });

  it('bring one series, pushed to both receivers at the same time, to both targets exactly once', async () => {
    const series = syntheticSeries(30, { modality: 'MR', seriesDescription: 'T1' });
    const halves = await Promise.all(
      services.of('ingest').map(async ({ dicomPort }, half) => {
        const sent = join(folder, `sent-${half}`);
        await mkdir(sent, { recursive: true });
        for (const [index, { part10 }] of series.entries())
          if (index % 2 === half) await writeFile(join(sent, `${index}.dcm`), part10);
        return storescu(dicomPort, [sent], '+sd');
      }),
    );
    for (const { code, output } of halves) expect(code, output).toBe(0);
    const uid = series[0]?.seriesInstanceUid ?? '';
    const lines = await services.waystation.deliveries(uid, 2);
    expect(lines.map(({ target, attempts, delivered }) => ({ target, attempts, delivered }))).toEqual(
      expect.arrayContaining([
        { target: 'pacs', attempts: 1, delivered: 30 },
        { target: 'export', attempts: 1, delivered: 30 },
      ]),
    );
    const kept = dataSetsUnder(join(folder, 'pacs'));
    expect(kept).toHaveLength(30);
    expect(dataSetsUnder(join(folder, 'export'))).toEqual(kept);
    const sent = [0, 1].flatMap((half) => filesUnder(join(folder, `sent-${half}`)));
    expect(await dumpsOfContent(filesUnder(join(folder, 'pacs')))).toEqual(await dumpsOfContent(sent));
    const types = (await services.waystation.history(uid)).map(({ type }) => type);
    expect(types.filter((type) => type === 'series.completed.v1')).toHaveLength(1);
    expect(types.filter((type) => type === 'series.routed.v1')).toHaveLength(1);
    expect(types.filter((type) => type === 'study.series-added.v1')).toHaveLength(1);
  });

  it('take in what was kept aside once, whichever of them is asked', async () => {
    const [ingest] = services.of('ingest');
    const image = syntheticInstance();
    const said = { ...image, sopInstanceUid: syntheticUid() };
    const [receipt] = await send(ingest?.dicomPort ?? 0, [said]);
    expect(receipt?.status).toBe(0xa900);
    const line = () =>
      services.waystation
        .get<readonly { position: number; status: string }[]>('/api/quarantine')
        .then(([first]) => first);
    const { position } = await eventually('the line in quarantine', line);
    const { code, stderr } = await services.waystation.run('reinject', `${position}`, '--uids-of-data-set');
    expect(code, stderr).toBe(0);
    await eventually('the object in its series', async () =>
      (await line())?.status === 'reinjected' ? true : undefined,
    );
    await services.waystation.deliveries(image.seriesInstanceUid, 1);
    const types = (await services.waystation.history(image.seriesInstanceUid)).map(({ type }) => type);
    expect(types.filter((type) => /^(instance\.(stored|duplicated|reinjected)|reinjection)/.test(type))).toEqual([
      'reinjection.requested.v1',
      'instance.stored.v1',
      'instance.reinjected.v1',
    ]);
  });

  it('answer alike whichever of them is asked, and agree with the log after a rebuild', async () => {
    expect(await services.waystation.json('rebuild')).toMatchObject({ equal: true });
    expect(await services.waystation.json('verify')).toMatchObject({ ok: true });
    const answers = await Promise.all(
      services.of('audit').map(async ({ url }) => (await fetch(`${url}/api/series`)).json()),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toHaveLength(2);
  });
});
