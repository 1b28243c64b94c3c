import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, expectKept, expectNoSilentDouble, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Service, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import type { DeliveryLine, HistoryEntry } from '../harness/waystation.js';

/** The object in whose middle the dispatcher vanishes: the target has it, and nobody hears so. */
const FATAL = 12;

// REQ-FAIL-2: the lease of a dispatcher that vanished ends, and another goes on where it stopped.
describe('When a dispatcher vanishes in the middle of a delivery, another', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;
  let pacs: RecordingTarget;
  let gone: Service | undefined;
  let history: readonly HistoryEntry[];
  let series: readonly SyntheticInstance[] = [];
  const modality = new Modality();

  /** The process that the log names as the worker of the attempt. */
  const workerAt = async (uid: string): Promise<Service | undefined> => {
    const [line] = (await ask<readonly DeliveryLine[]>(services.waystation, `deliveries?series=${uid}`)) ?? [];
    const delivery = await services.waystation.history(`delivery/${line?.delivery}`);
    const worker = String(delivery.find(({ type }) => type === 'delivery.attempted.v1')?.data['worker']);
    return services.of('dispatch').find(({ program }) => worker.endsWith(`:${program.pid}`));
  };

  /** Delivers a series; does something to the worker while an object waits for its answer. */
  const deliver = async (happens: (worker: Service | undefined) => Promise<void> | void): Promise<void> => {
    series = syntheticSeries(40, { modality: 'CT' });
    const uid = series[0]?.seriesInstanceUid ?? '';
    const fatal = pacs.objects + FATAL;
    pacs.onObject = async (objects) => {
      if (objects === fatal) await happens(await workerAt(uid));
    };
    await modality.push(services.one('ingest').dicomPort, series);
    await untilDelivered(services.waystation, series, ['pacs']);
    history = await services.waystation.history(uid);
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    [substrate, pacs] = await Promise.all([createSubstrate(), RecordingTarget.listen(10)]);
    services = await Services.start(substrate, folder, [
      'ingest',
      'routing',
      'dispatch',
      'dispatch',
      'audit',
      'control',
    ]);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs')],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
    await deliver(async (worker) => {
      gone = worker;
      await gone?.program.kill();
    });
  });

  afterAll(async () => {
    await services?.stop();
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const attempts = (): readonly HistoryEntry[] => history.filter(({ type }) => type === 'delivery.attempted.v1');

  it('says whom it found gone, and that what it sends may already be there', () => {
    const [first, second] = attempts();
    const interrupted = history.find(({ type }) => type === 'delivery.interrupted.v1');
    expect(gone).toBeDefined();
    expect(attempts()).toHaveLength(2);
    expect(first?.data).toMatchObject({ attempt: 1, instances: 40, mayRepeat: false });
    expect(interrupted?.data).toMatchObject({ attempt: 1, worker: first?.data['worker'] });
    expect(interrupted?.data['foundBy']).toBe(second?.data['worker']);
    expect(second?.data).toMatchObject({ attempt: 2, mayRepeat: true });
    expect(second?.data['worker']).not.toBe(first?.data['worker']);
  });

  it('sends what has no receipt, and nothing else', () => {
    const receiptsBefore = history.filter(
      ({ type, data }) => type === 'instance.delivered.v1' && data['attempt'] === 1,
    ).length;
    expect(receiptsBefore).toBeGreaterThan(0);
    expect(attempts()[1]?.data['instances']).toBe(40 - receiptsBefore);
    expect(pacs.objects).toBe(FATAL + 40 - receiptsBefore);
    const order = series.map(({ sopInstanceUid }) => pacs.received.get(sopInstanceUid)?.length);
    expect(order).toEqual(series.map((_, index) => (index >= receiptsBefore && index < FATAL ? 2 : 1)));
  });

  it('loses nothing, repeats nothing in silence, and leaves a sound log', async () => {
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    await expectSoundLog(services.waystation);
  });

  it('is not hindered by one that only hung, and that one stops when it finds out', async () => {
    await gone?.launch();
    let hung: Service | undefined;
    await deliver((worker) => {
      hung = worker;
      if (hung) process.kill(hung.program.pid, 'SIGSTOP');
    });
    expect(attempts()).toHaveLength(2);
    expect(attempts()[1]?.data).toMatchObject({ mayRepeat: true });
    if (hung) process.kill(hung.program.pid, 'SIGCONT');
    await hung?.program.says(/attempt 1 of delivery \w+ is over/);
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
    await expectSoundLog(services.waystation);
  });
});
