import { join } from 'node:path';
import type { SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { Study } from '../harness/study.js';

const uidsOf = (instances: readonly SyntheticInstance[]): readonly string[] =>
  instances.map(({ sopInstanceUid }) => sopInstanceUid);

// REQ-STUDY-1, REQ-STUDY-2, REQ-STUDY-3, REQ-STUDY-6: rules that wait for whole studies.
describe('A rule that waits for the study', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  let other: RecordingTarget;
  const newStudy = (): Study => new Study(system.waystation, system.dicomPort);
  const waits = (name: string, study: object, more: object = {}): object => ({
    name,
    condition: `'${name}' in @SeriesDescription@`,
    trigger: 'study',
    action: 'route',
    targets: ['pacs'],
    study,
    ...more,
  });

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    pacs = await RecordingTarget.listen();
    other = await RecordingTarget.listen();
    await system.waystation.publish({
      // Series are complete when the test says so.
      completion: { quietPeriodSeconds: 3600 },
      targets: [pacs.configured('pacs'), other.configured('other')],
      rules: [
        waits('QUIET', { quietPeriodSeconds: 0.5 }),
        waits('LISTED', { series: "'t1' and ('flair' or 't2')" }),
        waits('ORDERED', { series: "'one' and 'two' and 'three'" }, { ordered: true, targets: ['other'] }),
        { name: 'at once', condition: "'ALSO' in @SeriesDescription@", action: 'route', targets: ['pacs'] },
      ],
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.close();
    await other?.close();
    await removeFolder(folder);
  });

  it('waits while another series of it comes, and sends both as one study', async () => {
    const study = newStudy();
    const [whole, coming] = [study.series(1, 'QUIET A'), study.series(2, 'QUIET B', 3)];
    await sendAll(system.dicomPort, coming.slice(0, 2));
    await study.bring(whole);
    const pending = [coming[0]?.seriesInstanceUid];
    const line = await study.line('QUIET', ({ waitsFor }) => waitsFor === '1 series of the study still comes');
    expect(line).toMatchObject({ status: 'waiting', waiting: 1, revision: 0, pending });
    await sendAll(system.dicomPort, coming.slice(2));
    await study.complete(coming);
    const [completed] = await study.told('study.completed.v1', 1);
    expect(completed).toMatchObject({ rule: 'QUIET', revision: 1, trigger: 'quiet', pending: [] });
    expect(completed?.['series']).toHaveLength(2);
    for (const series of [whole, coming]) await untilDelivered(system.waystation, series, ['pacs']);
    for (const uid of uidsOf([...whole, ...coming])) expect(pacs.received.get(uid)).toHaveLength(1);
    expect(await system.waystation.json('explain', whole[0]?.seriesInstanceUid ?? '')).toMatchObject({
      deliveries: [],
      studies: [{ rule: 'QUIET', revision: 1, deliveries: [{ target: 'pacs', status: 'succeeded', delivered: 2 }] }],
    });
    expect(await study.line('QUIET', ({ status }) => status === 'complete')).toMatchObject({ waiting: 0, revision: 1 });
  });

  it('is not held open by a series that no rule takes, once that is known', async () => {
    const study = newStudy();
    const [whole, nobodys] = [study.series(1, 'QUIET A'), study.series(2, 'scout')];
    await sendAll(system.dicomPort, nobodys);
    await study.bring(whole);
    await study.line('QUIET', ({ pending }) => pending.length === 1);
    await study.complete(nobodys);
    const [completed] = await study.told('study.completed.v1', 1);
    expect(completed?.['series']).toHaveLength(1);
    await untilDelivered(system.waystation, whole, ['pacs']);
    expect(pacs.received.get(nobodys[0]?.sopInstanceUid ?? '')).toBeUndefined();
  });

  it('sends as soon as the listed series are there, and says what is missing until then', async () => {
    const study = newStudy();
    const [t1, flair] = [study.series(1, 'LISTED T1 axial'), study.series(2, 'LISTED Flair')];
    await study.bring(t1);
    const line = await study.line('LISTED', ({ waitsFor }) => waitsFor !== null);
    expect(line.waitsFor).toBe("series with 'flair', 't2' of 't1' and ('flair' or 't2')");
    await study.bring(flair);
    const [completed] = await study.told('study.completed.v1', 1);
    expect(completed).toMatchObject({ trigger: 'listed-series', missing: [] });
    for (const series of [t1, flair]) await untilDelivered(system.waystation, series, ['pacs']);
  });

  it('sends what comes late as the next revision of the study, and nothing twice', async () => {
    const study = newStudy();
    const first = study.series(1, 'QUIET A', 3);
    await study.bring(first.slice(0, 2));
    await study.told('study.routed.v1', 1);
    await study.bring(first.slice(2));
    const [, second] = await study.told('study.completed.v1', 2);
    expect(second).toMatchObject({ revision: 2, series: [{ revision: 2 }] });
    const later = study.series(2, 'QUIET B', 1);
    await study.bring(later);
    await study.told('study.routed.v1', 3);
    for (const series of [first, later]) await untilDelivered(system.waystation, series, ['pacs']);
    for (const uid of uidsOf([...first, ...later])) expect(pacs.received.get(uid)).toHaveLength(1);
  });

  it('requests nothing that a rule for the series has requested of the same target', async () => {
    const study = newStudy();
    const both = study.series(1, 'QUIET ALSO at once');
    await study.bring(both);
    const [routed] = await study.told('study.routed.v1', 1);
    expect(routed).toMatchObject({ deliveries: [], alreadyRequested: [{ target: 'pacs', revision: 1 }] });
    await untilDelivered(system.waystation, both, ['pacs']);
    for (const uid of uidsOf(both)) expect(pacs.received.get(uid)).toHaveLength(1);
  });

  it('has the series of a study arrive by their numbers where it says so', async () => {
    const study = newStudy();
    const series = [study.series(3, 'ORDERED three'), study.series(1, 'ORDERED one'), study.series(2, 'ORDERED two')];
    for (const one of series) await study.bring(one);
    for (const one of series) await untilDelivered(system.waystation, one, ['other']);
    const byNumber = [series[1], series[2], series[0]].map((one) => new Set(uidsOf(one ?? [])));
    const arrived = [...other.received.keys()];
    expect([0, 2, 4].map((from) => new Set(arrived.slice(from, from + 2)))).toEqual(byNumber);
  });

  it('leaves no timer behind, and shows the study at every moment of its life', async () => {
    const study = newStudy();
    await study.bring(study.series(1, 'QUIET A'));
    const [before] = await study.events('study.series-matched.v1');
    await study.told('study.routed.v1', 1);
    const at = async (position: string): Promise<unknown> => {
      const past = await system.waystation.json<{ state: { collections: unknown } }>(
        'replay',
        study.uid,
        '--at',
        position,
      );
      return past.state.collections;
    };
    expect(await at(before?.id ?? '')).toMatchObject([{ rule: 'QUIET', waiting: [{ revision: 1 }], completions: [] }]);
    const [routed] = await study.events('study.routed.v1');
    expect(await at(routed?.id ?? '')).toMatchObject([
      { waiting: [], completions: [{ revision: 1, routed: { deliveries: [{ target: 'pacs' }] } }] },
    ]);
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true, timers: 0 });
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
  });
});
