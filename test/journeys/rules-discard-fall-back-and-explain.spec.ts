import { join } from 'node:path';
import type { Explanation } from '@waystation/answers';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetsUnder } from '../harness/dcmtk.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface Configuration {
  readonly version: number;
  readonly document: { readonly rules: readonly { readonly name: string }[]; readonly targets: readonly object[] };
}
interface Verdict {
  readonly rule: string;
  readonly verdict: string;
  readonly because: string;
  readonly observations: readonly { readonly expression: string; readonly value: string }[];
}

// REQ-DECIDE-2, REQ-DECIDE-3, REQ-DECIDE-4, REQ-DECIDE-5, REQ-DECIDE-6: what the rules decide and why, and what is refused.
describe('Rules', () => {
  let folder: string;
  let system: Standalone;
  const series = {
    axial: syntheticSeries(2, { modality: 'CT' }),
    localizer: syntheticSeries(1, { modality: 'CT', overrides: { ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' } }),
    brain: syntheticSeries(1, { modality: 'MR' }),
    ultrasound: syntheticSeries(1, { modality: 'US' }),
  };
  const uidOf = ([first]: readonly SyntheticInstance[]): string => first?.seriesInstanceUid ?? '';
  const configuration = (): Promise<Configuration> => system.waystation.get('/api/configuration');
  const publish = (body: object): Promise<Response> =>
    fetch(`${system.waystation.url}/api/configuration`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    const { waystation } = system;
    await waystation.json('config', 'quiet-period', '1');
    for (const name of ['export', 'research'])
      await waystation.json('target', 'add', name, '--kind', 'folder', '--path', join(folder, name));
    await waystation.json('rule', 'add', 'CT', '--when', "@Modality@ == 'CT'", '--to', 'export');
    await waystation.json('rule', 'add', 'no localizers', '--when', "'LOCALIZER' in @ImageType@", '--discard');
    await waystation.json('rule', 'add', 'phantoms', '--when', "'Phantom' in @PatientName@", '--to', 'research');
    await waystation.json('rule', 'add', 'rest', '--when', "@Modality@ == 'MR'", '--to', 'research', '--fallback');
    await waystation.json('rule', 'add', 'off', '--when', 'True', '--to', 'research', '--disabled');
    await sendAll(system.dicomPort, Object.values(series).flat());
    await eventually('all decisions', async () => {
      const lines = await waystation.get<readonly { outcome: string | null }[]>('/api/series');
      return lines.length === 4 && lines.every(({ outcome }) => outcome !== null) ? lines : undefined;
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  const decisionOn = async (uid: string): Promise<HistoryEntry> => {
    const decision = (await system.waystation.history(uid)).find(({ type }) => type === 'series.routed.v1');
    if (decision === undefined) throw new Error(`no decision on ${uid}`);
    return decision;
  };
  const verdictsOn = async (uid: string): Promise<readonly Verdict[]> =>
    (await decisionOn(uid)).data['verdicts'] as readonly Verdict[];
  const explainedOn = async (uid: string): Promise<readonly Verdict[]> =>
    (await system.waystation.json<Explanation>('explain', uid)).decision?.rules ?? [];

  it('send a series where one of them matches, and do not ask the fallback then', async () => {
    const uid = uidOf(series.axial);
    await system.waystation.deliveries(uid, 1);
    const { data } = await decisionOn(uid);
    expect(data).toMatchObject({ outcome: 'routed', deliveries: [{ target: 'export', rules: ['CT'] }] });
    expect((await verdictsOn(uid)).map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ['CT', 'matched'],
      ['no localizers', 'not-matched'],
      ['phantoms', 'not-matched'],
      ['rest', 'fallback-not-needed'],
      ['off', 'disabled'],
    ]);
  });

  it('discard a series whatever else matches, and it stays where it is', async () => {
    const uid = uidOf(series.localizer);
    const { data } = await decisionOn(uid);
    expect(data).toMatchObject({ outcome: 'discarded', deliveries: [] });
    expect((await verdictsOn(uid)).slice(0, 2).map(({ verdict }) => verdict)).toEqual(['matched', 'matched']);
    const discarded = (await system.waystation.history(uid)).find(({ type }) => type === 'series.discarded.v1');
    expect(discarded?.data).toMatchObject({ rule: 'no localizers' });
    expect(await system.waystation.json('deliveries', '--series', uid)).toEqual([]);
    const { state } = await system.waystation.json<{ state: { instances: object } }>('replay', uid);
    expect(Object.keys(state.instances)).toHaveLength(1);
  });

  it('ask the fallback where nothing else matched', async () => {
    const uid = uidOf(series.brain);
    await system.waystation.deliveries(uid, 1);
    expect((await decisionOn(uid)).data).toMatchObject({ deliveries: [{ target: 'research', rules: ['rest'] }] });
    expect(dataSetsUnder(join(folder, 'research'))).toHaveLength(1);
    expect(dataSetsUnder(join(folder, 'export'))).toHaveLength(2);
  });

  it('leave a series that none of them matches where an operator sees it', async () => {
    const uid = uidOf(series.ultrasound);
    const unmatched = await system.waystation.json<readonly object[]>('series', '--outcome', 'unmatched');
    expect(unmatched).toMatchObject([{ seriesInstanceUid: uid, modality: 'US', outcome: 'unmatched' }]);
    const { stdout } = await system.waystation.run('series', '--outcome', 'unmatched');
    expect(stdout).toContain(uid);
  });

  it('say of each what it saw, and never a name of a patient', async () => {
    const verdicts = await explainedOn(uidOf(series.localizer));
    const observations = new Map(
      verdicts.flatMap(({ observations: seen }) => seen.map(({ expression, value }) => [expression, value] as const)),
    );
    expect(observations.get('@Modality@')).toBe("'CT'");
    expect(observations.get('@ImageType@')).toContain('LOCALIZER');
    expect(observations.get("@Modality@ == 'CT'")).toBe('True');
    expect([...observations.keys()]).toContain('@PatientName@');
    expect(JSON.stringify(verdicts)).not.toMatch(/Doe|Jane/);
    for (const { verdict, because } of verdicts) expect(`${verdict}: ${because}`).toMatch(/: \S/);
  });

  it('are refused where the condition is broken, with the place, and nothing changes', async () => {
    const before = await configuration();
    const { code, stderr } = await system.waystation.run(
      'rule',
      'add',
      'x',
      '--when',
      "@Modality@ = 'CT'",
      '--to',
      'export',
    );
    expect(code).toBe(1);
    expect(stderr.split('\n')).toEqual([
      'rules.x.condition: = does not compare — use == to compare (line 1, column 12)',
      "  @Modality@ = 'CT'",
      '             ^',
      '(configuration.invalid)',
      '',
    ]);
    expect(await configuration()).toEqual(before);
  });

  it.each([
    ['a tag that nobody knows', "@Modlity@ == 'CT'", 'export', 'did you mean Modality?'],
    ['what can never work', '@SliceThickness@ > 5', 'export', 'write float(@SliceThickness@)'],
    ['a target that does not exist', 'True', 'nowhere', "there is no target 'nowhere'; known: export, research"],
  ])('are refused for %s', async (_, condition, target, sentence) => {
    const before = await configuration();
    const { code, stderr } = await system.waystation.run('rule', 'add', 'x', '--when', condition, '--to', target);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(await configuration()).toEqual(before);
  });

  it('keep the targets that they name, and those alone', async () => {
    const before = await configuration();
    const refused = await system.waystation.run('target', 'remove', 'export');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("the target 'export' stays: the rule 'CT' names it");
    const unknown = await system.waystation.run('target', 'remove', 'pigeon');
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toContain("there is no target 'pigeon'; known: 'export', 'research'");
    expect(await configuration()).toEqual(before);
  });

  it('of several that are published at once on the same base come into force once', async () => {
    const { version, document } = await configuration();
    const answers = await Promise.all(
      [10, 20, 30, 40, 50].map((quietPeriodSeconds) =>
        publish({ document: { ...document, completion: { quietPeriodSeconds } }, basedOn: version }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
    const refused = (await answers.find(({ status }) => status === 409)?.json()) as { code: string; message: string };
    expect(refused.code).toBe('configuration.outdated');
    expect(refused.message).toContain(`it is at version ${version + 1}, the change is based on version ${version}`);
    expect((await configuration()).version).toBe(version + 1);
  });

  it('that are added at once by several are all there', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const rule = { condition: 'False', action: 'route', targets: ['export'] };
    const answers = await Promise.all(
      names.map((name) =>
        fetch(`${system.waystation.url}/api/configuration/rules/${name}`, {
          method: 'PUT',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, ...rule }),
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200));
    const { rules } = (await configuration()).document;
    expect(rules.map(({ name }) => name).toSorted()).toEqual(expect.arrayContaining(names));
  });

  it('are shown in the configuration that was in force at any time', async () => {
    const { state } = await system.waystation.get<{ state: Configuration }>(
      `/api/configuration/replay?at=${(await decisionOn(uidOf(series.axial))).id}`,
    );
    expect(state.document.rules.map(({ name }) => name)).toEqual(['CT', 'no localizers', 'phantoms', 'rest', 'off']);
    expect((await decisionOn(uidOf(series.axial))).data).toMatchObject({ configuration: { version: state.version } });
  });
});
