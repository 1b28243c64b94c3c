import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectKept, expectNoSilentDouble, expectSoundLog, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { createSubstrate, Services, type Service, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const LEADS = /this relay leads/;

// REQ-FAIL-2: a process that hangs keeps its sessions open, and must not keep what it did for all with them.
describe('When the process hangs that tells the broker of the log, another', () => {
  let folder: string;
  let substrate: Substrate;
  let routing: Services;
  let services: Services;
  let pacs: RecordingTarget;
  let hung: Service;
  const modality = new Modality();

  const leader = (): Service | undefined => routing.all.find(({ program }) => LEADS.test(program.output));

  beforeAll(async () => {
    folder = await temporaryFolder();
    [substrate, pacs] = await Promise.all([createSubstrate(), RecordingTarget.listen()]);
    routing = await Services.start(substrate, folder, ['routing', 'routing']);
    hung = await eventually('one of both to lead', async () => leader());
    services = await Services.start(substrate, folder, ['ingest', 'dispatch', 'audit', 'control']);
    await services.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [pacs.configured('pacs')],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['pacs'] }],
    });
  });

  afterAll(async () => {
    await Promise.all([services?.stop(), routing?.stop()]);
    await pacs?.close();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const deliver = async (): Promise<void> => {
    const series = syntheticSeries(20, { modality: 'CT' });
    await modality.push(services.one('ingest').dicomPort, series);
    await untilDelivered(services.waystation, series, ['pacs']);
    const history = await services.waystation.history(series[0]?.seriesInstanceUid ?? '');
    await expectKept(history, substrate.objects, modality, series);
    expectNoSilentDouble(history, 'pacs', pacs, series);
  };

  it('takes over, and a series gets where it belongs', async () => {
    process.kill(hung.program.pid, 'SIGSTOP');
    await deliver();
    const other = routing.all.find((service) => service !== hung);
    const heads = [other, ...services.all].filter((service) => service && LEADS.test(service.program.output));
    expect(heads).toHaveLength(1);
  });

  it('is not disturbed when the first comes to itself', async () => {
    process.kill(hung.program.pid, 'SIGCONT');
    await deliver();
    await expectSoundLog(services.waystation);
  });
});
