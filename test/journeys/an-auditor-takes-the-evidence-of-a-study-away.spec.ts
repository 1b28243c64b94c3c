import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { syntheticSeries, syntheticUid, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unpacked } from '../../apps/audit/test/unpacked.js';
import { freePort } from '../harness/dcmtk.js';
import { run } from '../harness/program.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually, type HistoryEntry } from '../harness/waystation.js';

interface Explanation {
  readonly revision: number;
  readonly completion: { readonly trigger: string; readonly instances: number };
  readonly decision: { readonly rules: readonly { readonly observations: readonly object[] }[] };
  readonly deliveries: readonly { readonly target: string; readonly attempts: readonly { outcome: string }[] }[];
}

// REQ-AUDIT-1, REQ-AUDIT-2, REQ-AUDIT-3: what an auditor asks about a study, and what he takes away.
describe('An auditor', () => {
  let folder: string;
  let system: Standalone;
  const study = syntheticUid();
  const series: readonly (readonly SyntheticInstance[])[] = [
    syntheticSeries(4, { studyInstanceUid: study, modality: 'CT' }),
    syntheticSeries(2, { studyInstanceUid: study, modality: 'MR' }),
  ];
  const uidOf = (index: number): string => series[index]?.[0]?.seriesInstanceUid ?? '';
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(file('data'));
    const retry = { attempts: 2, firstDelaySeconds: 0.1 };
    await system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      targets: [
        { name: 'export', kind: 'folder', path: file('export') },
        { name: 'away', kind: 'dicom', host: '127.0.0.1', port: await freePort(), calledAeTitle: 'AWAY', retry },
      ],
      rules: [
        { name: 'CT everywhere', condition: "@Modality@ == 'CT'", action: 'route', targets: ['export', 'away'] },
        { name: 'the rest', condition: 'True', action: 'route', targets: ['export'], fallback: true },
      ],
    });
    for (const instances of series) await sendAll(system.dicomPort, instances);
    await sendAll(system.dicomPort, syntheticSeries(1));
    await eventually('every delivery to come to its end', async () => {
      const lines = await system.waystation.get<readonly { status: string }[]>('/api/deliveries');
      const ended = lines.every(({ status }) => status === 'succeeded' || status === 'abandoned');
      return lines.length === 5 && ended ? true : undefined;
    });
  });
  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it('reads the history of a study over its series, deliveries and associations', async () => {
    const entries = await system.waystation.history(study);
    const categories = new Set(entries.map(({ subject }) => subject.split('/')[0]));
    expect([...categories]).toEqual(
      expect.arrayContaining(['configuration', 'association', 'study', 'series', 'delivery']),
    );
    for (const index of [0, 1]) expect(entries.some(({ subject }) => subject === `series/${uidOf(index)}`)).toBe(true);
    const http = await system.waystation.get<readonly HistoryEntry[]>(`/api/studies/${study}/history`);
    expect(http).toEqual(entries);
    const { stdout } = await system.waystation.run('history', study, '--tree');
    expect(stdout).toMatch(/└─ .* delivery\.abandoned: given up after 2 attempts/);
    expect(stdout).toContain('… and 3 more like it');
  });

  it('asks why a series went where it did', async () => {
    const explained = await system.waystation.json<Explanation>('explain', uidOf(0));
    expect(explained).toMatchObject({
      revision: 1,
      completion: { trigger: 'quiet', instances: 4 },
      decision: { outcome: 'routed', configuration: { version: 1, published: { author: 'test' } } },
    });
    expect(explained.decision.rules[0]?.observations).toContainEqual({ expression: '@Modality@', value: "'CT'" });
    expect(explained.deliveries.map(({ target, attempts }) => [target, ...attempts.map((one) => one.outcome)])).toEqual(
      [
        ['export', 'succeeded'],
        ['away', 'failed', 'failed'],
      ],
    );
    expect(await system.waystation.get(`/api/series/${uidOf(0)}/explanation?revision=1`)).toEqual(explained);
    const { stdout } = await system.waystation.run('explain', uidOf(1));
    expect(stdout).toContain("rule 'the rest' (fallback): MATCHED");
    expect(stdout).toMatch(/COMPLETE at .*\n {2}nothing arrived for the quiet period of 0.5 s/);
    const beyond = await system.waystation.run('explain', uidOf(1), '--revision', '2');
    expect([beyond.code, beyond.stderr]).toEqual([1, expect.stringContaining('audit.unknown-revision')]);
  });

  it('sees a study as it was', async () => {
    const past = await system.waystation.json<{ state: { series: readonly object[] }; later: number }>('replay', study);
    expect(past).toMatchObject({ later: 0 });
    expect(past.state.series).toHaveLength(2);
    const before = await system.waystation.json<object>('replay', `study/${study}`, '--at', '1');
    expect(before).toMatchObject({ events: 0, state: { status: 'unknown' } });
  });

  it.each([
    [[], 0],
    [['--with-objects'], 6],
  ])('takes a bundle away that is whole on a machine with nothing but Node (%s)', async (options, objects) => {
    const zip = file(`study-${objects}.zip`);
    const answer = await system.waystation.json<{ size: number }>('bundle', study, '--out', zip, ...options);
    expect(answer.size).toBe(readFileSync(zip).length);
    await using bundle = await unpacked(createReadStream(zip));
    expect(bundle.members.filter((name) => name.startsWith('objects/'))).toHaveLength(objects);
    const { code, stdout, stderr } = await run(process.execPath, [join(bundle.folder, 'verify.mjs')], { env: {} });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`whole: study ${study}`);
    expect(stdout).not.toContain('note:');
    const again = await system.waystation.run('bundle', study, '--out', zip);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('cli.file-exists')]);
  });

  it('gets no file where there is no study', async () => {
    const { code, stderr } = await system.waystation.run('bundle', '1.2.3', '--out', file('none.zip'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('audit.unknown-study')]);
    expect([existsSync(file('none.zip')), existsSync(file('none.zip.part'))]).toEqual([false, false]);
  });

  it('has everything that is derived derived again, and sees how it ended', async () => {
    const report = await system.waystation.json<object>('rebuild');
    expect(report).toMatchObject({ equal: true });
    const status = await system.waystation.json<object>('rebuild', '--status');
    expect(status).toMatchObject({ generation: 2, state: 'current', report });
    expect((await system.waystation.run('status')).stdout).toMatch(/read models\s+at position \d+, \d+ events/);
  });
});
