import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DifferentDecision, WhatIfSummary } from '@waystation/answers';
import type { CloudEvent, ConfigurationDocument } from '@waystation/events';
import { syntheticInstance, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

// REQ-REPLAY-9: what other rules would have decided about everything that really came.
describe('Rules that are tried on history', () => {
  let folder: string;
  let system: Standalone;
  const localizer = { ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' };
  const series = {
    axial: syntheticSeries(3, { modality: 'CT' }),
    localizer: syntheticSeries(2, { modality: 'CT', overrides: localizer }),
    phantom: syntheticSeries(1, { modality: 'MR', patientName: 'Phantom^Grid' }),
    brain: syntheticSeries(2, { modality: 'MR', patientName: 'Roe^Rita' }),
    ultrasound: syntheticSeries(1, { modality: 'US' }),
    trial: syntheticSeries(1, { modality: 'CR' }),
  };
  const uidOf = ([first]: readonly SyntheticInstance[]): string => first?.seriesInstanceUid ?? '';
  const routed = async (): Promise<readonly CloudEvent[]> =>
    system.waystation.json('events', '--type', 'series.routed', '--limit', '100');
  const inForce = async (): Promise<ConfigurationDocument> =>
    (await system.waystation.get<{ document: ConfigurationDocument }>('/api/configuration')).document;

  /** Tries a document. @returns what would differ, and the summary at the end */
  const whatIf = async (document: object, ...options: readonly string[]) => {
    const file = join(folder, 'other.json');
    await writeFile(file, JSON.stringify(document));
    const { code, stdout, stderr } = await system.waystation.run('what-if', file, '--json', ...options);
    if (code !== 0) throw new Error(`what-if ended with ${code}: ${stderr}`);
    const lines = stdout.trim().split('\n');
    const { summary } = JSON.parse(lines.pop() ?? '') as { readonly summary: WhatIfSummary };
    return { differences: lines.map((line) => JSON.parse(line) as DifferentDecision), summary };
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'), { WAYSTATION_ACCEPT_CALLED_AE: '*' });
    const { waystation } = system;
    const targets = ['export', 'research', 'archive'].map((name) => ({
      name,
      kind: 'folder',
      path: join(folder, name),
    }));
    const first = { target: 'archive', instances: "@InstanceNumber@ == '1'" };
    await waystation.publish({
      completion: { quietPeriodSeconds: 1 },
      applicationEntities: [{ aeTitle: 'WAYSTATION' }, { aeTitle: 'TRIALS' }],
      targets,
      rules: [
        { name: 'CT', condition: "@Modality@ == 'CT'", action: 'route', targets: ['export', first], late: 'whole' },
        { name: 'no localizers', condition: "'LOCALIZER' in @ImageType@", action: 'discard' },
        { name: 'phantoms', condition: "'Phantom' in @PatientName@", action: 'route', targets: ['research'] },
        { name: 'trials', condition: 'True', calledAeTitles: ['TRIALS'], action: 'route', targets: ['research'] },
        {
          name: 'MR',
          condition: "@Modality@ == 'MR'",
          trigger: 'study',
          study: {},
          action: 'route',
          targets: ['archive'],
        },
        { name: 'rest', condition: "@Modality@ == 'US'", action: 'route', targets: ['research'], fallback: true },
      ],
    });
    const { trial, ...others } = series;
    await sendAll(system.dicomPort, Object.values(others).flat());
    await sendAll(system.dicomPort, trial, { calledAeTitle: 'TRIALS' });
    await eventually('a decision on each', async () => ((await routed()).length >= 6 ? true : undefined));
    // Late, again, and with other bytes under a known UID.
    const { seriesInstanceUid, studyInstanceUid } = series.axial[0] ?? syntheticInstance();
    const place = { seriesInstanceUid, studyInstanceUid, modality: 'CT' };
    const other = { ...place, sopInstanceUid: series.axial[0]?.sopInstanceUid ?? '', rows: 20 };
    const late = syntheticInstance({ ...place, instanceNumber: 4 });
    await sendAll(system.dicomPort, [syntheticInstance(other), ...series.axial, late]);
    await eventually('the decision on what came late', async () => ((await routed()).length >= 7 ? true : undefined));
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it('decide nothing otherwise where they are the same', async () => {
    const { differences, summary } = await whatIf(await inForce());
    expect(differences).toEqual([]);
    expect(summary).toMatchObject({ decisions: 7, same: 7, different: 0, unknown: { forgotten: 0, notRead: 0 } });
    const { stdout } = await system.waystation.run('what-if', join(folder, 'other.json'));
    expect(stdout).toMatch(/^none of 7 decisions would differ \(positions 1 to \d+\)\n$/);
  });

  it('name every series that would go elsewhere, and the rules that are why', async () => {
    const document = await inForce();
    const rules = document.rules
      .filter(({ name }) => name !== 'no localizers')
      .map((rule) => (rule.name === 'phantoms' ? { ...rule, condition: "'Roe' in @PatientName@" } : rule));
    const { differences, summary } = await whatIf({ ...document, rules });
    expect(differences.map(({ seriesInstanceUid }) => seriesInstanceUid).toSorted()).toEqual(
      [series.localizer, series.phantom, series.brain].map(uidOf).toSorted(),
    );
    const of = (which: readonly SyntheticInstance[]): DifferentDecision | undefined =>
      differences.find(({ seriesInstanceUid }) => seriesInstanceUid === uidOf(which));
    expect(of(series.localizer)).toMatchObject({
      was: { outcome: 'discarded', targets: [] },
      would: {
        outcome: 'routed',
        targets: [{ target: 'archive', sopInstanceUids: [expect.any(String)] }, { target: 'export' }],
      },
      rules: [{ rule: 'no localizers', was: { verdict: 'matched' } }],
    });
    expect(of(series.brain)?.rules).toMatchObject([
      { rule: 'phantoms', was: { verdict: 'not-matched' }, would: { verdict: 'matched' } },
    ]);
    expect(JSON.stringify(differences)).not.toMatch(/Rita|Grid/);
    expect(summary).toMatchObject({
      decisions: 7,
      different: 3,
      outcomes: { 'discarded → routed': 1 },
      targets: { research: { more: 1, fewer: 1 } },
    });
  });

  it('tell what would be different of what goes to the same place', async () => {
    const document = await inForce();
    const rules = document.rules.map((rule) =>
      rule.name === 'CT' ? { ...rule, priority: 'urgent', late: 'delta' } : rule,
    );
    const { differences } = await whatIf({ ...document, rules });
    expect(differences.map(({ seriesInstanceUid, revision }) => [seriesInstanceUid, revision])).toEqual([
      [uidOf(series.axial), 1],
      [uidOf(series.axial), 2],
    ]);
    const file = join(folder, 'other.json');
    const { stdout } = await system.waystation.run('what-if', file, '--limit', '1');
    expect(stdout).toContain('  CT: matched, with other late, priority: ');
    expect(stdout).toContain('2 of 7 decisions would differ');
    expect(stdout).toContain('1 more than are told here');
  });

  it('are asked about a part of the past only', async () => {
    const [first, second] = await routed();
    const nothing = { ...(await inForce()), rules: [] };
    const { differences } = await whatIf(nothing, '--since', second?.id ?? '');
    expect(differences.map(({ position }) => String(position))).not.toContain(first?.id);
    // Decisions of one commit have one time.
    const until = first?.recordedtime ?? '';
    const decisions = (await routed()).filter(({ recordedtime }) => recordedtime <= until).length;
    const { summary } = await whatIf(nothing, '--until', until);
    expect(summary).toMatchObject({ decisions, different: decisions });
  });

  it('are refused where they could not be published', async () => {
    const file = join(folder, 'wrong.json');
    const rules = [{ name: 'CT', condition: "@Modality@ = 'CT'", action: 'route', targets: ['nowhere'] }];
    await writeFile(file, JSON.stringify({ rules }));
    const { code, stderr } = await system.waystation.run('what-if', file);
    expect(code).toBe(1);
    expect(stderr).toContain('= does not compare');
    expect(stderr).toContain("there is no target 'nowhere'");
  });

  it('send nothing and change nothing, and whoever tries them is written down', async () => {
    expect(await routed()).toHaveLength(7);
    const requested = await system.waystation.json<readonly CloudEvent[]>('events', '--type', 'delivery.requested');
    const deliveries = requested.map(({ data }) => (data as { target: string }).target);
    await whatIf({ ...(await inForce()), rules: [] });
    expect((await inForce()).rules).toHaveLength(6);
    const after = await system.waystation.json<readonly CloudEvent[]>('events', '--type', 'delivery.requested');
    expect(after.map(({ data }) => (data as { target: string }).target)).toEqual(deliveries);
    await eventually('the reading in the log', async () => {
      const viewed = await system.waystation.get<readonly CloudEvent[]>('/api/events?type=history.viewed&limit=1000');
      return viewed.find(({ data }) => (data as { view: string }).view === 'POST /api/what-if');
    });
  });
});
