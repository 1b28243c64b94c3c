import { syntheticSeries, syntheticUid } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNoSilentDouble, untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';

const apps = ['ingest', 'routing', 'routing', 'dispatch', 'audit', 'control'] as const;
const SERIES = 60;
const OBJECTS = 2;

// REQ-STUDY-8: two routers on one study lose nothing and send nothing twice.
describe('A study of sixty series, with two routers', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;

  beforeAll(async () => {
    folder = await temporaryFolder();
    substrate = await createSubstrate();
    services = await Services.start(substrate, folder, apps);
    pacs = await RecordingTarget.listen();
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [pacs.configured('pacs')],
      rules: [
        {
          name: 'whole',
          condition: "@Modality@ == 'MR'",
          trigger: 'study',
          action: 'route',
          targets: ['pacs'],
          study: { quietPeriodSeconds: 1 },
        },
      ],
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  it('arrives whole, each object once, although one of them is killed in the middle', async () => {
    const studyInstanceUid = syntheticUid();
    const study = Array.from({ length: SERIES }, (_, index) =>
      syntheticSeries(OBJECTS, { studyInstanceUid, modality: 'MR', seriesDescription: `series ${index}` }),
    );
    const { dicomPort } = services.one('ingest');
    const [first = [], ...rest] = study;
    await sendAll(dicomPort, first);
    for (const series of rest.slice(0, 20)) await sendAll(dicomPort, series);
    await services.of('routing')[1]?.crash();
    for (const series of rest.slice(20)) await sendAll(dicomPort, series);
    for (const series of study) await untilDelivered(services.waystation, series, ['pacs']);
    expect(pacs.received.size).toBe(SERIES * OBJECTS);
    const history = await services.waystation.history(studyInstanceUid);
    expectNoSilentDouble(history, 'pacs', pacs, study.flat());
    const matched = history.filter(({ type }) => type === 'study.series-matched.v1');
    expect(matched).toHaveLength(SERIES);
    const completed = history.filter(({ type }) => type === 'study.completed.v1');
    expect(completed.flatMap(({ data }) => data['series'])).toHaveLength(SERIES);
    expect(await services.waystation.json('rebuild')).toMatchObject({ equal: true, timers: 0 });
  });
});
