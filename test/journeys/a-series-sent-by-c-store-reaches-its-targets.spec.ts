import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dataSetHashes,
  dataSetsUnder,
  echoscu,
  filesUnder,
  freePort,
  startStorescp,
  storescu,
} from '../harness/dcmtk.js';
import { dumpsOfContent } from '../harness/dumps.js';
import { readAllKept } from '../harness/kept-objects.js';
import type { Program } from '../harness/program.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import type { HistoryEntry } from '../harness/waystation.js';

// REQ-RECEIVE-1, REQ-DECIDE-1, REQ-DELIVER-1, REQ-REPLAY-1: the main job on the embedded default.
describe('A series sent by C-STORE', () => {
  let folder: string;
  let system: Standalone;
  let pacs: Program;
  let ct: readonly SyntheticInstance[];
  let history: readonly HistoryEntry[];
  const sent = (): string => join(folder, 'sent');
  const received = (): string => join(folder, 'pacs');
  const exported = (): string => join(folder, 'export');
  const series = (): string => ct[0]?.seriesInstanceUid ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
    system = await startStandalone(join(folder, 'data'));
    const port = await freePort();
    pacs = await startStorescp(received(), port);
    const { waystation } = system;
    await waystation.json('config', 'quiet-period', '1');
    await waystation.json(
      'target',
      'add',
      'pacs',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--called-ae',
      'PACS',
    );
    await waystation.json('target', 'add', 'export', '--kind', 'folder', '--path', exported());
    await waystation.json('rule', 'add', 'CT', '--when', "@Modality@ == 'CT'", '--to', 'pacs', 'export');
    ct = syntheticSeries(12, { modality: 'CT', seriesDescription: 'HEAD 1mm' });
    await mkdir(sent(), { recursive: true });
    for (const [index, { part10 }] of ct.entries()) await writeFile(join(sent(), `${index}.dcm`), part10);
    expect(await echoscu(system.dicomPort)).toBe(0);
    const { code, output } = await storescu(system.dicomPort, [sent()], '+sd');
    expect(code, output).toBe(0);
    await waystation.deliveries(series(), 2);
    history = await waystation.history(series());
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.stop();
    await removeFolder(folder);
  });

  it('is kept and arrives at both targets bit by bit as it was received', async () => {
    const kept = dataSetHashes(await readAllKept(system.dataFolder));
    expect(kept).toHaveLength(12);
    expect(dataSetsUnder(received())).toEqual(kept);
    expect(dataSetsUnder(exported())).toEqual(kept);
  });

  it('is the same to dcmdump before and after', async () => {
    expect(await dumpsOfContent(filesUnder(received()))).toEqual(await dumpsOfContent(filesUnder(sent())));
  });

  it('has a history in causal order, from the association to the receipts', () => {
    const types = history.map(({ type }) => type);
    const order = [
      'association.accepted.v1',
      'series.opened.v1',
      'instance.stored.v1',
      'series.completed.v1',
      'series.routed.v1',
      'delivery.requested.v1',
      'delivery.attempted.v1',
      'instance.delivered.v1',
      'delivery.succeeded.v1',
    ].map((type) => types.indexOf(type));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(types.filter((type) => type === 'instance.stored.v1')).toHaveLength(12);
    expect(types.filter((type) => type === 'instance.delivered.v1')).toHaveLength(24);
    for (const { id, causationid } of history)
      if (causationid !== undefined) expect(Number(causationid)).toBeLessThan(Number(id));
  });

  it('says of the decision which configuration it was made by and what the rule saw', () => {
    const routed = history.find(({ type }) => type === 'series.routed.v1');
    expect(routed?.data).toMatchObject({
      outcome: 'routed',
      configuration: { version: 4 },
      verdicts: [{ rule: 'CT', verdict: 'matched', condition: "@Modality@ == 'CT'" }],
      deliveries: [{ target: 'pacs' }, { target: 'export' }],
    });
  });

  it('can be replayed to before and after its completion', async () => {
    const completed = history.find(({ type }) => type === 'series.completed.v1');
    const at = Number(completed?.id);
    const state = async (moment: string): Promise<Record<string, unknown>> =>
      (await system.waystation.json<{ state: Record<string, unknown> }>('replay', series(), '--at', moment)).state;
    expect(await state(String(at - 1))).toMatchObject({ status: 'receiving', completions: [] });
    expect(await state(String(at))).toMatchObject({
      status: 'complete',
      completions: [{ revision: 1, instances: 12 }],
    });
    expect(await state(completed?.recordedtime ?? '')).toMatchObject({ status: 'complete' });
    const stored = history.findIndex(({ type }) => type === 'instance.stored.v1');
    const early = await state(history[stored]?.id ?? '');
    expect(Object.keys(early['instances'] as object)).toHaveLength(1);
  });

  it('leaves read models that can be dropped and rebuilt to the same digest', async () => {
    const report = await system.waystation.json<{ equal: boolean; digestBefore: string }>('rebuild');
    expect(report).toMatchObject({ equal: true });
    expect(report.digestBefore).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves a log that verifies', async () => {
    const report = await system.waystation.json<{ ok: boolean; events: number }>('verify');
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.events).toBeGreaterThan(40);
  });
});
