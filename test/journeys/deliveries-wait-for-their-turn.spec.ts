import { join } from 'node:path';
import { syntheticSeries, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type DeliveryLine } from '../harness/waystation.js';

type Series = readonly SyntheticInstance[];

const uidOf = ([first]: Series): string => first?.seriesInstanceUid ?? '';
const sopsOf = (...all: readonly Series[]): readonly string[] => all.flat().map(({ sopInstanceUid }) => sopInstanceUid);
/** Hours of the day, so many from now: whatever time it is when this runs. */
const hoursFromNow = (from: number, to: number): object => {
  const at = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16);
  return { offPeak: { from: at(from), to: at(to), timeZone: 'UTC' } };
};
const later = (): object => hoursFromNow(6, 9);
const now = (): object => hoursFromNow(-2, 4);

// REQ-DELIVER-9, REQ-DELIVER-10, REQ-DELIVER-11, REQ-DELIVER-12: priorities, off-peak hours, order, and who decides otherwise.
describe('Deliveries wait for their turn', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  let night: RecordingTarget;
  let ordered: RecordingTarget;

  const publish = (schedule: object): Promise<void> =>
    system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [
        { ...pacs.configured('pacs'), timeoutSeconds: 600 },
        night.configured('night'),
        { ...ordered.configured('ordered'), timeoutSeconds: 600, concurrency: 8 },
      ],
      rules: [
        {
          name: 'CT at night',
          condition: "@Modality@ == 'CT'",
          action: 'route',
          targets: ['night'],
          priority: 'off-peak',
        },
        { name: 'MR', condition: "@Modality@ == 'MR'", action: 'route', targets: ['pacs'] },
        {
          name: 'stroke',
          condition: "'STROKE' in @SeriesDescription@",
          action: 'route',
          targets: ['pacs'],
          priority: 'urgent',
        },
        {
          name: 'one after another',
          condition: "@Modality@ == 'PT'",
          action: 'route',
          trigger: 'study',
          study: { quietPeriodSeconds: 2 },
          targets: ['ordered'],
          ordered: true,
        },
      ],
      schedule,
    });
  const receive = async (...all: readonly Series[]): Promise<void> => {
    for (const series of all) await sendAll(system.dicomPort, series);
  };
  const deliveryOf = async (series: Series, status: string): Promise<DeliveryLine> => {
    const [line] = await system.waystation.deliveries(uidOf(series), 1, status);
    if (line === undefined) throw new Error('there is no delivery');
    return line;
  };
  const sentences = async (series: Series): Promise<string> =>
    (await system.waystation.history(uidOf(series))).map(({ sentence }) => sentence).join('\n');

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    [pacs, night, ordered] = await Promise.all([
      RecordingTarget.listen(),
      RecordingTarget.listen(),
      RecordingTarget.listen(20),
    ]);
    await publish(later());
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([pacs?.close(), night?.close(), ordered?.close()]);
    await removeFolder(folder);
  });

  it('what is for off-peak hours is held until they begin, and everybody can see that', async () => {
    const [first, second, third] = [
      syntheticSeries(2, { modality: 'CT' }),
      syntheticSeries(2, { modality: 'CT' }),
      syntheticSeries(2, { modality: 'CT' }),
    ];
    await receive(first, second, third);
    const held = await deliveryOf(first, 'held');
    expect(held).toMatchObject({ priority: 'off-peak', hold: 'off-peak', attempts: 0 });
    expect(Date.parse(held.heldUntil ?? '')).toBeGreaterThan(Date.now());
    expect(await sentences(first)).toContain(`held until ${held.heldUntil ?? ''}`);
    const { stdout } = await system.waystation.run('deliveries', '--hold', 'off-peak');
    expect(stdout).toContain(`off-peak hours from ${held.heldUntil ?? ''}`);
    await Promise.all([deliveryOf(second, 'held'), deliveryOf(third, 'held')]);

    // An operator sends one now.
    const { delivery } = await deliveryOf(second, 'held');
    await system.waystation.json('release', delivery, '--author', 'r.huber', '--reason', 'the surgeon waits');
    await deliveryOf(second, 'succeeded');
    expect(await sentences(second)).toContain('released: the surgeon waits');
    expect(night.order).toEqual(sopsOf(second));

    // Holds another one for good.
    const kept = await deliveryOf(third, 'held');
    await system.waystation.json('hold', kept.delivery, '--reason', 'wrong patient');

    // And has the hours begin: a change of the configuration is followed without a restart.
    await publish(now());
    await deliveryOf(first, 'succeeded');
    expect(night.order).toEqual([...sopsOf(second), ...sopsOf(first)]);
    expect(await deliveryOf(third, 'held')).toMatchObject({ hold: 'operator', heldFor: 'wrong patient' });
    const all = await system.waystation.json<{ released: readonly string[] }>('release', '--hold', 'operator');
    expect(all.released).toEqual([kept.delivery]);
    await deliveryOf(third, 'succeeded');
  });

  it('what is urgent overtakes, and every third one is another one all the same', async () => {
    const normal = Array.from({ length: 4 }, () => syntheticSeries(1, { modality: 'MR' }));
    const urgent = Array.from({ length: 3 }, () => syntheticSeries(1, { modality: 'MR', seriesDescription: 'STROKE' }));
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    pacs.onObject = () => gate;
    const [first, ...others] = normal;
    await receive(first ?? []);
    await eventually('the first one at the target', async () => (pacs.objects > 0 ? true : undefined));
    await receive(...others);
    await eventually('three that wait', async () => {
      const waiting = await system.waystation.get<readonly DeliveryLine[]>('/api/deliveries?target=pacs');
      return waiting.length === 4 ? true : undefined;
    });
    await receive(...urgent);
    const lines = await eventually('six that wait', async () => {
      const waiting = await system.waystation.json<readonly DeliveryLine[]>(
        ...['deliveries', '--target', 'pacs', '--status', 'waiting'],
      );
      return waiting.length === 6 ? waiting : undefined;
    });
    expect(lines.filter(({ priority }) => priority === 'urgent')).toHaveLength(3);
    expect(await system.waystation.json('queues')).toContainEqual(
      expect.objectContaining({ queue: 'deliver/pacs', urgent: 3 }),
    );
    goOn();
    for (const series of [...normal, ...urgent]) await deliveryOf(series, 'succeeded');
    const isUrgent = new Set(sopsOf(...urgent));
    expect(pacs.order.map((uid) => (isUrgent.has(uid) ? 'urgent' : 'normal'))).toEqual([
      ...['normal', 'urgent', 'urgent', 'normal', 'urgent', 'normal', 'normal'],
    ]);
  });

  it('series of a study that are to come in order come in order, however many could go at once', async () => {
    const studyInstanceUid = syntheticUid();
    const numbers = [3, 1, 4, 2];
    const study = numbers.map((number) =>
      syntheticSeries(3, { modality: 'PT', studyInstanceUid, overrides: { SeriesNumber: String(number) } }),
    );
    const inOrder = [1, 2, 3, 4].map((number) => study[numbers.indexOf(number)] ?? []);
    let goOn: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    ordered.onObject = () => gate;
    await receive(...study);
    for (const series of inOrder.slice(1)) expect(await deliveryOf(series, 'held')).toMatchObject({ hold: 'after' });
    goOn();
    for (const series of study) await deliveryOf(series, 'succeeded');
    const cameFirst = inOrder.map((series) => Math.min(...sopsOf(series).map((uid) => ordered.order.indexOf(uid))));
    const cameLast = inOrder.map((series) => Math.max(...sopsOf(series).map((uid) => ordered.order.indexOf(uid))));
    for (const [index, last] of cameLast.slice(0, -1).entries()) expect(cameFirst[index + 1]).toBeGreaterThan(last);
    expect(ordered.objects).toBe(12);
    expect(await sentences(inOrder[3] ?? [])).toContain('released: delivery');
  });
});
