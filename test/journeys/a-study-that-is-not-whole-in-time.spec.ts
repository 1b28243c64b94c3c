import { join } from 'node:path';
import type { SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { untilDelivered } from '../harness/evidence.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { Study } from '../harness/study.js';
import { eventually } from '../harness/waystation.js';

// REQ-STUDY-4, REQ-STUDY-5, REQ-STUDY-7: limits, operators, and rules and targets that go away meanwhile.
describe('A study that is not whole in time', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  const newStudy = (): Study => new Study(system.waystation, system.dicomPort);
  const rule = (name: string, study: object, targets: readonly string[] = ['pacs']): object => ({
    name,
    condition: `'${name}' in @SeriesDescription@`,
    trigger: 'study',
    action: 'route',
    targets,
    study,
  });
  const limited = (name: string): object =>
    rule(name, { series: "'never'", forceAfterSeconds: 1, force: name.toLowerCase() });
  const always = [
    limited('PROCEED'),
    limited('DISCARD'),
    limited('IGNORE'),
    rule('LONG', { quietPeriodSeconds: 3600, forceAfterSeconds: 1 }),
    rule('WAIT', { series: "'never'" }),
  ];
  const publish = (rules: readonly object[], targets: readonly object[] = []): Promise<void> =>
    system.waystation.publish({
      completion: { quietPeriodSeconds: 3600 },
      targets: [pacs.configured('pacs'), ...targets],
      rules,
    });
  const cameOnce = (instances: readonly SyntheticInstance[]): void => {
    for (const { sopInstanceUid } of instances) expect(pacs.received.get(sopInstanceUid)).toHaveLength(1);
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    pacs = await RecordingTarget.listen();
    await publish(always);
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.close();
    await removeFolder(folder);
  });

  it('goes on as it is where the rule says so, and the event says what was missing', async () => {
    const study = newStudy();
    const series = study.series(1, 'PROCEED');
    await study.bring(series);
    const [forced] = await study.told('study.force-completed.v1', 1);
    expect(forced).toMatchObject({ action: 'proceed', by: 'limit', missing: ['never'], pending: [] });
    await untilDelivered(system.waystation, series, ['pacs']);
    expect(await study.told('study.completed.v1', 1)).toMatchObject([{ trigger: 'forced' }]);
    cameOnce(series);
  });

  it('goes nowhere where the rule says so, loses nothing by it, and can be sent after all', async () => {
    const study = newStudy();
    const series = study.series(1, 'DISCARD');
    await study.bring(series);
    const line = await study.line('DISCARD', ({ status }) => status === 'discarded');
    expect(line).toMatchObject({ waiting: 0, discarded: 1, revision: 0 });
    expect(await study.events('study.completed.v1')).toEqual([]);
    await system.waystation.json(
      'complete-study',
      study.uid,
      '--rule',
      'DISCARD',
      '--reason',
      'needed',
      '--author',
      'huber',
    );
    await untilDelivered(system.waystation, series, ['pacs']);
    const [completed] = await study.events('study.completed.v1');
    expect(completed).toMatchObject({ authid: 'huber', data: { trigger: 'manual', reason: 'needed' } });
    cameOnce(series);
  });

  it('waits on where the rule says so, until an operator has seen enough', async () => {
    const study = newStudy();
    const series = study.series(1, 'IGNORE');
    await study.bring(series);
    await study.told('study.force-completed.v1', 1);
    await study.line('IGNORE', ({ status, until }) => status === 'waiting' && until === null);
    expect(await system.waystation.json('discard-study', study.uid)).toMatchObject([
      { outcome: 'discarded', series: 1 },
    ]);
    const refused = await system.waystation.run('complete-study', study.uid);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain('(study.nothing-waits)');
    expect(await system.waystation.json('complete-study', study.uid, '--rule', 'IGNORE')).toMatchObject([
      { rule: 'IGNORE', outcome: 'completed', series: 1, pending: [] },
    ]);
    await untilDelivered(system.waystation, series, ['pacs']);
    cameOnce(series);
  });

  it('loses nothing where it still comes when the limit passes', async () => {
    const study = newStudy();
    const [first, second, third] = [1, 2, 3].map((number) => study.series(number, 'LONG', 3));
    await sendAll(system.dicomPort, second?.slice(0, 1) ?? []);
    await study.bring(first ?? []);
    const [forced] = await study.told('study.force-completed.v1', 1);
    expect(forced).toMatchObject({ action: 'proceed', pending: [second?.[0]?.seriesInstanceUid] });
    await sendAll(system.dicomPort, second?.slice(1) ?? []);
    await study.complete(second ?? []);
    await study.told('study.force-completed.v1', 2);
    await study.bring(third ?? []);
    for (const series of [first, second, third]) {
      await untilDelivered(system.waystation, series ?? [], ['pacs']);
      cameOnce(series ?? []);
    }
    const completed = await study.told('study.completed.v1', 3);
    expect(completed.map(({ revision, trigger }) => [revision, trigger])).toEqual([
      [1, 'forced'],
      [2, 'forced'],
      [3, 'forced'],
    ]);
  });

  it('shows why it waits once its rule is gone, and follows another that an operator names', async () => {
    const study = newStudy();
    const series = study.series(1, 'WAIT');
    await study.bring(series);
    await study.line('WAIT', ({ waiting }) => waiting === 1);
    await publish([...always.slice(0, 4), rule('OTHER', { series: "'never'" })]);
    const line = await study.line('WAIT', ({ waitsFor }) => waitsFor?.includes('no rule') ?? false);
    expect(line.waitsFor).toBe("there is no rule 'WAIT' in force any more");
    const refused = await system.waystation.run('complete-study', study.uid);
    expect(refused.stderr).toContain('(study.unknown-rule)');
    await system.waystation.json('complete-study', study.uid, '--follow', 'OTHER', '--reason', 'renamed');
    await untilDelivered(system.waystation, series, ['pacs']);
    cameOnce(series);
    await publish(always);
  });

  it('fails visibly where its target is gone when it is sent, and goes there once it is back', async () => {
    const study = newStudy();
    const series = study.series(1, 'GONE');
    const nobody = { name: 'gone', kind: 'dicom', host: '127.0.0.1', port: 1, calledAeTitle: 'GONE' };
    const patient = { ...nobody, retry: { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 0.5 } };
    await publish([...always, rule('GONE', { series: "'gone'" }, ['gone'])], [patient]);
    await study.bring(series);
    await study.told('study.routed.v1', 1);
    await publish(always);
    const uid = series[0]?.seriesInstanceUid ?? '';
    const [lost] = await eventually('a delivery that says what it lacks', async () => {
      const lines = await system.waystation.deliveries(uid, 1, 'abandoned');
      return lines.every(({ lastFailure }) => lastFailure?.includes('dispatch.unknown-target')) ? lines : undefined;
    });
    expect(lost).toMatchObject({ target: 'gone', delivered: 0 });
    await publish(always, [{ ...pacs.configured('gone') }]);
    await system.waystation.json('redrive', lost?.delivery ?? '');
    await untilDelivered(system.waystation, series, ['gone']);
    cameOnce(series);
  });
});
