import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobLine } from '@waystation/answers';
import type { SyntheticInstance } from '@waystation/testing';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const many = { when: 'number(result.instances) > 2', targets: ['many'], originals: true };
const rule = (description: string, module: string, step: object, more: object = {}) => ({
  ...{ name: description, condition: `@SeriesDescription@ == '${description}'`, action: 'both', targets: ['few'] },
  processing: { steps: [{ module, ...step }], ...more },
});
const rules = [
  rule('COUNTED', 'statistics', { outcomes: [many] }, { originals: true }),
  rule('BROKEN', 'without secret', {}, { returnFailure: { toSender: true } }),
];

// REQ-PROCESS-8 to REQ-PROCESS-10: what a module found decides, a failure goes back to the sender, and settings are checked.
describe('What a module makes of a series', () => {
  let folder: string;
  let system: Standalone;
  const targets = new Map<string, RecordingTarget>();
  const target = (name: string): RecordingTarget => targets.get(name) as RecordingTarget;
  const uidOf = (series: readonly SyntheticInstance[]): string => series[0]?.seriesInstanceUid ?? '';
  const jobs = (series: readonly SyntheticInstance[]) =>
    system.waystation.get<readonly JobLine[]>(`/api/jobs?series=${uidOf(series)}`);
  const received = (name: string) => [...target(name).received.keys()].toSorted();

  beforeAll(async () => {
    folder = await temporaryFolder();
    for (const name of ['few', 'many', 'sender']) targets.set(name, await RecordingTarget.listen());
    system = await startStandalone(join(folder, 'data'));
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      targets: [...targets].map(([name, one]) => one.configured(name)),
      modules: [
        { kind: 'app', name: 'statistics' },
        {
          ...{ kind: 'app', name: 'without secret', app: 'anonymizer', retry: { attempts: 1 } },
          settings: { secret: { environment: 'NO_SUCH_SECRET' } },
        },
      ],
      rules,
      senders: [{ aeTitle: 'SCANNER', target: 'sender' }],
    });
  });
  afterAll(async () => {
    await system?.program.stop();
    for (const one of targets.values()) await one.close();
    await removeFolder(folder);
  });

  it('goes where the rule says for what was found, and the history says why', async () => {
    const [small, large] = [2, 3].map((size) =>
      syntheticSeries(size, { seed: `${size}`, seriesDescription: 'COUNTED' }),
    );
    for (const series of [small ?? [], large ?? []]) {
      await sendAll(system.dicomPort, series);
      await system.waystation.deliveries(uidOf(series), 1);
    }
    expect(received('few')).toEqual((small ?? []).map(({ sopInstanceUid }) => sopInstanceUid).toSorted());
    expect(received('many')).toEqual((large ?? []).map(({ sopInstanceUid }) => sopInstanceUid).toSorted());
    const history = await system.waystation.history(uidOf(large ?? []));
    const decided = history.find(({ type }) => type === 'job.routed.v1');
    expect(decided?.sentence).toMatch(/as the rule says where number\(result\.instances\) > 2 is true/);
    expect(decided?.data['outcomes']).toMatchObject([
      { when: many.when, verdict: 'matched', observations: [{ value: '•••' }, { value: '•••' }, { value: 'True' }] },
    ]);
  });

  it('is told to its sender where it fails for good, as an object that any PACS reads', async () => {
    const series = syntheticSeries(2, { seriesDescription: 'BROKEN' });
    await sendAll(system.dicomPort, series);
    const report = await eventually('a report of the failure', async () =>
      (await jobs(series)).find(({ module, status }) => module === 'failure-report' && status === 'succeeded'),
    );
    await system.waystation.deliveries(uidOf(series), 1);
    const [sopInstanceUid = ''] = received('sender');
    expect(target('sender').objects).toBe(1);
    const history = await system.waystation.history(uidOf(series));
    expect(history.map(({ sentence }) => sentence)).toContainEqual(
      expect.stringMatching(new RegExp(`^failed, told of by job ${report.job}: .* goes to 'sender'$`)),
    );
    expect(sopInstanceUid).toMatch(/^2\.25\./);
  });

  it('is not begun with settings that the app would refuse', async () => {
    const file = join(folder, 'wrong.json');
    const modules = [{ kind: 'app', name: 'statistics', settings: { values: 'KVP', valeus: [] } }];
    await writeFile(file, JSON.stringify({ modules }));
    const { code, stdout } = await system.waystation.run('config', 'check', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/modules\.statistics\.settings\.values: .*array/);
    expect(stdout).toMatch(/modules\.statistics\.settings\.valeus: the app has no such setting/);
  });
});
