import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

const hashOf = ({ dataSet }: SyntheticInstance): string => createHash('sha256').update(dataSet).digest('hex');

// REQ-DECIDE-11, REQ-DECIDE-12, REQ-DECIDE-13: what comes late, and in whatever order.
describe('Images', () => {
  let folder: string;
  let system: Standalone;
  let delta: RecordingTarget;
  let whole: RecordingTarget;
  let some: RecordingTarget;
  const uidOf = (instances: readonly SyntheticInstance[]): string => instances[0]?.seriesInstanceUid ?? '';

  const rule = (name: string, condition: string, targets: readonly (string | object)[], more: object = {}) => ({
    ...{ name, condition, action: 'route', targets },
    ...more,
  });
  const complete = (instances: readonly SyntheticInstance[]) => system.waystation.json('complete', uidOf(instances));

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    delta = await RecordingTarget.listen();
    whole = await RecordingTarget.listen();
    some = await RecordingTarget.listen();
    await system.waystation.publish({
      // Only those that are to be cut into many revisions are: the others an operator completes.
      completion: { quietPeriodSeconds: 3600 },
      targets: [delta.configured('delta'), whole.configured('whole'), some.configured('some')],
      rules: [
        rule('Many', "@SeriesDescription@ == 'MANY'", ['delta'], { quietPeriodSeconds: 0.1 }),
        rule('Delta', "@SeriesDescription@ == 'LATE'", ['delta']),
        rule('Again', "@SeriesDescription@ == 'LATE'", ['whole'], { late: 'whole', priority: 'urgent' }),
        rule('Odd', "@SeriesDescription@ == 'LATE'", [{ target: 'some', instances: 'int(@InstanceNumber@) % 2 == 1' }]),
        rule('First', "@SeriesDescription@ == 'ORDER' and @InstanceNumber@ == '1'", ['some']),
      ],
    });
    await eventually('the quiet period to be in force', async () => {
      const series = syntheticSeries(1);
      await sendAll(system.dicomPort, series);
      const [opened] = (
        await system.waystation.get<readonly HistoryEntry[]>(`/api/series/${uidOf(series)}/history`)
      ).filter(({ type }) => type === 'series.opened.v1');
      return opened?.data['quietPeriodMs'] === 100 ? true : undefined;
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([delta, whole, some].map((target) => target?.close()));
    await removeFolder(folder);
  });

  it('that come late go where the rules say: alone, with all the others again, or those that are asked for', async () => {
    const series = syntheticSeries(5, { seriesDescription: 'LATE' });
    await sendAll(system.dicomPort, series.slice(0, 3));
    await complete(series);
    await system.waystation.deliveries(uidOf(series), 3);
    await sendAll(system.dicomPort, series.slice(3));
    await complete(series);
    const lines = await system.waystation.deliveries(uidOf(series), 6);
    const sent = (target: string) => lines.filter((line) => line.target === target).map(({ delivered }) => delivered);
    expect([sent('delta'), sent('whole'), sent('some')].map((each) => each.toSorted((a, b) => a - b))).toEqual([
      [2, 3],
      [3, 5],
      [1, 2],
    ]);
    expect(series.map(({ sopInstanceUid }) => whole.received.get(sopInstanceUid)?.length)).toEqual([2, 2, 2, 1, 1]);
    expect(series.map(({ sopInstanceUid }) => some.received.get(sopInstanceUid)?.length ?? 0)).toEqual([1, 0, 1, 0, 1]);
    const requested = (await system.waystation.history(uidOf(series))).filter(
      ({ type }) => type === 'delivery.requested.v1',
    );
    expect(new Set(requested.map(({ data }) => [data['target'], data['priority']].join(' ')))).toEqual(
      new Set(['delta ', 'whole urgent', 'some ']),
    );
  });

  it('that arrive while their series is decided and delivered are all delivered, each once', async () => {
    const series = syntheticSeries(460, { seriesDescription: 'MANY' });
    for (let from = 0; from < series.length; from += 20) await sendAll(system.dicomPort, series.slice(from, from + 20));
    await untilDelivered(system.waystation, series, ['delta']);
    for (const instance of series) expect(delta.received.get(instance.sopInstanceUid)).toEqual([hashOf(instance)]);
    const completed = (await system.waystation.history(uidOf(series))).filter(
      ({ type }) => type === 'series.completed.v1',
    );
    const counted = completed.reduce((sum, { data }) => sum + Number(data['newInstances']), 0);
    expect(counted).toBe(460);
  });

  it('lead to the same decision in whatever order they come', async () => {
    const orders = [
      [1, 2, 3, 4],
      [4, 3, 2, 1],
      [2, 4, 1, 3],
      [3, 1, 4, 2],
    ];
    for (const order of orders) {
      const series = syntheticSeries(4, { seriesDescription: 'ORDER' });
      await sendAll(
        system.dicomPort,
        order.map((number) => series[number - 1] as SyntheticInstance),
      );
      await complete(series);
      const [delivery] = await system.waystation.deliveries(uidOf(series), 1);
      expect(delivery).toMatchObject({ target: 'some', delivered: 4 });
    }
  });
});
