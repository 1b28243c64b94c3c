import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance, type SyntheticOptions } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetsUnder } from '../harness/dcmtk.js';
import { send, sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

/** A quiet period that no test waits for. */
const LONG = 3600;

// REQ-DECIDE-9, REQ-DECIDE-10: what makes a series complete.
describe('A series is complete', () => {
  let folder: string;
  let system: Standalone;
  const uidOf = (instances: readonly SyntheticInstance[]): string => instances[0]?.seriesInstanceUid ?? '';
  const completions = async (uid: string): Promise<readonly HistoryEntry[]> =>
    (await system.waystation.history(uid)).filter(({ type }) => type === 'series.completed.v1');
  const untilComplete = (uid: string, revision = 1): Promise<HistoryEntry> =>
    eventually(`revision ${revision} of ${uid}`, async () => (await completions(uid))[revision - 1]);
  const publish = (more: object, options: object = {}) =>
    system.waystation.publish({
      completion: { quietPeriodSeconds: LONG, ...options },
      targets: [{ name: 'export', kind: 'folder', path: join(folder, 'export') }],
      rules: [{ name: 'All', condition: 'True', action: 'route', targets: ['export'] }],
      ...more,
    });
  /** Ingest looks at the configuration once a second: sent until it is received by the new one. */
  const receive = async (
    options: SyntheticOptions,
    isByTheNew: (opened: HistoryEntry) => boolean,
  ): Promise<readonly SyntheticInstance[]> =>
    eventually('a series received by the new configuration', async () => {
      const instances = syntheticSeries(3, options);
      await sendAll(system.dicomPort, instances);
      const opened = (
        await system.waystation.get<readonly HistoryEntry[]>(`/api/series/${uidOf(instances)}/history`)
      ).find(({ type }) => type === 'series.opened.v1');
      return opened !== undefined && isByTheNew(opened) ? instances : undefined;
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    await publish({}, { afterReleaseSeconds: 0.2 });
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it('when its sender has released the association, long before it was quiet for long enough', async () => {
    const instances = syntheticSeries(4);
    await sendAll(system.dicomPort, instances);
    const { data, sentence } = await untilComplete(uidOf(instances));
    expect(data).toMatchObject({ trigger: 'association-released', instances: 4, because: { afterReleaseMs: 200 } });
    expect(sentence).toContain('all who sent any released their associations');
    await system.waystation.deliveries(uidOf(instances), 1);
  });

  it('when the last of several senders has, and not before', async () => {
    const [mine, yours] = [syntheticSeries(8).slice(0, 4), [] as SyntheticInstance[]];
    const uid = uidOf(mine);
    let holding: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (holding = resolve));
    const { studyInstanceUid, seriesInstanceUid } = mine[0] as SyntheticInstance;
    yours.push(...syntheticSeries(2, { studyInstanceUid, seriesInstanceUid, seed: `${uid} others` }));
    let begun: () => void = () => undefined;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const slow = send(system.dicomPort, yours, {
      onReceipt: async () => {
        begun();
        await held;
      },
    });
    await hasBegun;
    await sendAll(system.dicomPort, mine);
    await eventually('the release to be noted', async () =>
      (await system.waystation.get<readonly HistoryEntry[]>(`/api/series/${uid}/history`)).find(
        ({ type }) => type === 'series.sender-released.v1',
      ),
    );
    expect(await completions(uid)).toEqual([]);
    holding();
    await slow;
    expect((await untilComplete(uid)).data).toMatchObject({ trigger: 'association-released', instances: 6 });
  });

  it('when as many objects are there as one of them says, though its sender is still there', async () => {
    await publish({}, { expectedCountFrom: 'ImagesInAcquisition' });
    const expecting = { overrides: { ImagesInAcquisition: '3' } };
    const instances = await receive(expecting, ({ data }) => data['expectedCount'] === 3);
    expect((await untilComplete(uidOf(instances))).data).toMatchObject({
      trigger: 'expected-count',
      because: { expectedCount: 3 },
      instances: 3,
    });
  });

  it('when it was quiet for as long as the most patient rule asks that matches', async () => {
    const rule = { condition: 'True', action: 'route', targets: ['export'] };
    await publish({
      rules: [
        { ...rule, name: 'Head', condition: "'HEAD' in @StudyDescription@", quietPeriodSeconds: 0.2 },
        { ...rule, name: 'Patient', condition: "@PatientName@ == 'Doe^Jane'", quietPeriodSeconds: 0.8 },
        { ...rule, name: 'Knee', condition: "'KNEE' in @StudyDescription@", quietPeriodSeconds: LONG },
      ],
    });
    const instances = await receive({}, ({ data }) => data['quietPeriodMs'] === 200);
    const { data, sentence } = await untilComplete(uidOf(instances));
    expect(data).toMatchObject({ trigger: 'quiet', quietPeriodMs: 800, because: { rules: ['Patient'] } });
    expect(sentence).toContain("nothing came for 0.8 s, as 'Patient' asks");
    expect(JSON.stringify(data)).not.toContain('Jane');
  });

  describe('when an operator says so', () => {
    let instances: readonly SyntheticInstance[];

    it('who is written down with the reason', async () => {
      await publish({});
      instances = await receive({}, ({ data }) => data['quietPeriodMs'] === LONG * 1000);
      const { code, stdout } = await system.waystation.run(
        ...['complete', uidOf(instances), '--author', 'r.huber', '--reason', 'scanner off'],
      );
      expect([code, stdout]).toEqual([0, `series ${uidOf(instances)} is complete, revision 1\n`]);
      const completed = await untilComplete(uidOf(instances));
      expect(completed.data).toMatchObject({ trigger: 'manual', because: { reason: 'scanner off' } });
      expect(completed).toMatchObject({ authtype: 'user', authid: 'r.huber' });
      await system.waystation.deliveries(uidOf(instances), 1);
    });

    it('only where something new came', async () => {
      const again = await system.waystation.run('complete', uidOf(instances));
      expect(again.code).toBe(1);
      expect(again.stderr).toContain('nothing of series');
      expect(again.stderr).toContain('(series.nothing-new)');
      expect((await system.waystation.run('complete', '1.2.3')).stderr).toContain('(series.unknown)');
      expect((await system.waystation.run('reopen', '1.2.3')).stderr).toContain('(series.unknown)');
    });

    it('and has it decided again by the rules in force now, all of it', async () => {
      const before = dataSetsUnder(join(folder, 'export')).length;
      const targets = [
        { name: 'export', kind: 'folder', path: join(folder, 'export') },
        { name: 'second', kind: 'folder', path: join(folder, 'second') },
      ];
      const rules = [{ name: 'Second', condition: 'True', action: 'route', targets: ['second'] }];
      await publish({ targets, rules });
      await system.waystation.json('reopen', uidOf(instances), '--reason', 'rule mended');
      await system.waystation.json('complete', uidOf(instances));
      const deliveries = await system.waystation.deliveries(uidOf(instances), 2);
      expect(deliveries.map(({ target, delivered }) => [target, delivered])).toEqual(
        expect.arrayContaining([
          ['export', 3],
          ['second', 3],
        ]),
      );
      expect(dataSetsUnder(join(folder, 'second'))).toHaveLength(3);
      expect(dataSetsUnder(join(folder, 'export'))).toHaveLength(before);
    });
  });

  it('again where everything that is derived is built anew', async () => {
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true });
  });
});
