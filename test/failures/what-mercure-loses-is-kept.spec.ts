import { readdirSync, readFileSync, readlinkSync, rmdirSync, statSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syntheticInstance, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser, holdAppends, untilAppendsHang } from '../harness/database.js';
import { dataSetsUnder, filesUnder } from '../harness/dcmtk.js';
import { ask, expectExported, expectKept, untilDelivered } from '../harness/evidence.js';
import { Modality } from '../harness/modality.js';
import { run } from '../harness/program.js';
import { RecordingTarget } from '../harness/recording-target.js';
import { send, sendAll } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { Study } from '../harness/study.js';
import { eventually, type DeliveryLine, type HistoryEntry } from '../harness/waystation.js';

const OUT_OF_RESOURCES = 0xa700;
const CANNOT_UNDERSTAND = 0xc000;
/** Of Linux, as proc_pid_fdinfo(5) shows them. */
const O_WRONLY = 0o1;
const O_DSYNC = 0o10000;
const flagsIn = (info: string): number => Number.parseInt(/flags:\s*(\d+)/.exec(info)?.[1] ?? '0', 8);
/** What a file descriptor is; empty where it was closed meanwhile. */
const linkOf = (path: string): string => {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
};
const patience = { retry: { attempts: 1000, firstDelaySeconds: 0.2, longestDelaySeconds: 0.5 } };
const route = (name: string, target: string, more: object = {}): object => ({
  ...{ name, condition: `@SeriesDescription@ == '${name}'`, action: 'route', targets: [target], ...more },
});
const uidOf = (series: readonly SyntheticInstance[]): string => series[0]?.seriesInstanceUid ?? '';

// REQ-FAIL-7: the losses of mercure that no other test shows the right outcome of; docs/reliability.md has the list of all.
describe('What mercure loses is kept', () => {
  let folder: string;
  let system: Standalone;
  let pacs: RecordingTarget;
  const everything: (readonly SyntheticInstance[])[] = [];
  const modality = new Modality();
  const inFolder = (...path: readonly string[]): string => join(folder, ...path);
  const exported = (): string => inFolder('export');

  const modules = [{ kind: 'app', name: 'anonymizer', settings: { secret: { environment: 'SECRET' } }, ...patience }];
  const publish = (rules: readonly object[] = [], targets: readonly object[] = []): Promise<void> =>
    system.waystation.publish({
      completion: { quietPeriodSeconds: 0.5 },
      modules,
      targets: [pacs.configured('pacs'), { name: 'export', kind: 'folder', path: exported(), ...patience }, ...targets],
      rules: [
        route('PACS', 'pacs'),
        route('EXPORT', 'export'),
        route('STUDY', 'pacs', { trigger: 'study', study: { quietPeriodSeconds: 0.5 } }),
        route('PROCESSED', 'pacs', { action: 'both', processing: { steps: [{ module: 'anonymizer' }] } }),
        ...rules,
      ],
    });
  const scanned = (count: number, seriesDescription: string, more: object = {}): readonly SyntheticInstance[] => {
    const series = syntheticSeries(count, { seriesDescription, ...more });
    everything.push(series);
    return series;
  };
  const push = (series: readonly SyntheticInstance[]): Promise<void> => modality.push(system.dicomPort, series);
  const story = async (series: readonly SyntheticInstance[]): Promise<readonly HistoryEntry[]> =>
    (await ask<readonly HistoryEntry[]>(system.waystation, `series/${uidOf(series)}/history`)) ?? [];
  const history = async (series: readonly SyntheticInstance[], type: string): Promise<readonly HistoryEntry[]> =>
    (await story(series)).filter((entry) => entry.type === type);
  const delivery = (series: readonly SyntheticInstance[], isAsTold: (line: DeliveryLine) => boolean) =>
    eventually(`a delivery of ${uidOf(series)}`, async () =>
      (await ask<readonly DeliveryLine[]>(system.waystation, `deliveries?series=${uidOf(series)}`))?.find(isAsTold),
    );
  const failures = (series: readonly SyntheticInstance[], type: string, code: string): Promise<true> =>
    eventually(`${code} of ${uidOf(series)}`, async () =>
      (await history(series, type)).some(({ data }) => data['code'] === code) ? true : undefined,
    );
  const start = async (): Promise<void> => {
    system = await startStandalone(inFolder('data'), { SECRET: 'as long as it has to be' });
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    pacs = await RecordingTarget.listen();
    await start();
    await publish();
  });

  afterAll(async () => {
    await system?.program.stop();
    await pacs?.close();
    await removeFolder(folder);
  });

  it('where rule and target are deleted before a series is sent (L1)', async () => {
    const gone = { name: 'gone', kind: 'dicom', host: '127.0.0.1', port: 1, calledAeTitle: 'GONE', ...patience };
    await publish([route('GONE', 'gone')], [gone]);
    const series = scanned(3, 'GONE');
    await push(series);
    await eventually('its delivery', async () => (await history(series, 'delivery.requested.v1'))[0]);
    await publish();
    const lost = await delivery(series, ({ status }) => status === 'abandoned');
    expect(lost).toMatchObject({ delivered: 0, lastFailure: expect.stringContaining('dispatch.unknown-target') });
    await publish([], [pacs.configured('gone')]);
    await system.waystation.json('redrive', lost.delivery);
    await untilDelivered(system.waystation, series, ['gone']);
    await publish();
  });

  it('where a folder cannot be written, and then takes a part; there is no second copy (L2, D3)', async () => {
    const series = scanned(4, 'EXPORT');
    const [{ studyInstanceUid, sopInstanceUid } = syntheticInstance()] = series.toReversed();
    const place = join(exported(), studyInstanceUid, uidOf(series));
    const inTheWay = join(place, `${sopInstanceUid}.dcm`);
    await writeFile(exported(), 'not a folder');
    await push(series);
    await failures(series, 'delivery.failed.v1', 'dispatch.folder-unavailable');
    // Now it takes all but one.
    await rm(exported());
    await mkdir(inTheWay, { recursive: true });
    await delivery(series, ({ delivered }) => delivered === series.length - 1);
    expect(dataSetsUnder(place)).toHaveLength(series.length - 1);
    rmdirSync(inTheWay);
    await untilDelivered(system.waystation, series, ['export']);
    expectExported(exported(), series);
    expect(filesUnder(exported())).toHaveLength(series.length);
    expect(await history(series, 'instance.delivered.v1')).toHaveLength(series.length);
  });

  it.skipIf(process.platform !== 'linux')('where the disk is full in the middle of a series (L3, L9)', async () => {
    const series = scanned(12, 'PACS', { rows: 256, columns: 256 });
    const folderOfSegments = inFolder('data/objects/segments');
    const sizes = readdirSync(folderOfSegments).map((name) => statSync(join(folderOfSegments, name)).size);
    const room = Math.max(...sizes) + 700_000;
    const limit = (bytes: number | string) =>
      run('prlimit', ['--pid', String(system.program.pid), `--fsize=${bytes}:`], {});
    expect(await limit(room)).toMatchObject({ code: 0 });
    expect(await modality.send(system.dicomPort, series)).toBe(false);
    const acknowledged = series.filter((instance) => modality.acknowledged.has(instance.sopInstanceUid));
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(modality.statuses).toContain(OUT_OF_RESOURCES);
    await expectKept(await story(series), objects(), modality, acknowledged);
    expect(await limit('unlimited')).toMatchObject({ code: 0 });
    await push(series);
    await untilDelivered(system.waystation, series, ['pacs']);
    expect(series.map(({ sopInstanceUid }) => pacs.received.get(sopInstanceUid)?.length)).toEqual(series.map(() => 1));
  });

  it('where the output of a module cannot be stored, and neither says that it was (L7)', async () => {
    const series = scanned(3, 'PROCESSED');
    const place = inFolder('data/objects/derived');
    await writeFile(place, 'not a folder');
    await push(series);
    await failures(series, 'job.failed.v1', 'object-store.unavailable');
    expect(await history(series, 'job.succeeded.v1')).toEqual([]);
    const [retried] = await history(series, 'job.retry-scheduled.v1');
    expect(retried).toBeDefined();
    await rm(place);
    await delivery(series, ({ status }) => status === 'succeeded');
    expect(await history(series, 'job.succeeded.v1')).toHaveLength(1);
    const derived = await history(series, 'instance.derived.v1');
    const came = derived.map(({ data }) => pacs.received.get(String(data['sopInstanceUid']))?.length);
    expect(came).toEqual([1, 1, 1]);
  });

  it.skipIf(process.platform !== 'linux')(
    'where the power fails: what is written is written through (L10)',
    async () => {
      const process = `/proc/${system.program.pid}`;
      const segments = readdirSync(`${process}/fd`).filter((fd) => linkOf(`${process}/fd/${fd}`).endsWith('.segment'));
      const flags = segments.map((fd) => flagsIn(readFileSync(`${process}/fdinfo/${fd}`, 'latin1')));
      const written = flags.filter((bits) => (bits & O_WRONLY) === O_WRONLY);
      expect(written.length).toBeGreaterThan(0);
      for (const bits of written) expect(bits & O_DSYNC).toBe(O_DSYNC);
      const names = ['fsync', 'full_page_writes', 'synchronous_commit'];
      const sql = 'select name, setting from pg_settings where name = any($1) order by name';
      const settings = await asSuperuser(await databaseUrlOf(system.dataFolder), sql, [names]);
      expect(settings).toEqual(names.map((name) => ({ name, setting: 'on' })));
    },
  );

  it('where an object of a study cannot be filed: the study does not wait for it (S5, S6)', async () => {
    const study = new Study(system.waystation, system.dicomPort);
    const whole = study.series(1, 'STUDY');
    everything.push(whole);
    const overrides = { SeriesInstanceUID: null };
    const broken = syntheticInstance({ studyInstanceUid: study.uid, seriesDescription: 'STUDY', overrides });
    const [refused] = await send(system.dicomPort, [broken]);
    expect(refused?.status).toBe(CANNOT_UNDERSTAND);
    await push(whole);
    await untilDelivered(system.waystation, whole, ['pacs']);
    const { stdout } = await system.waystation.run('quarantine');
    expect(stdout).toContain('has no SeriesInstanceUID');
  });

  it('where it is killed in the middle of a publication: nothing stays locked (S7)', async () => {
    const url = await databaseUrlOf(system.dataFolder);
    const letGo = await holdAppends(url);
    const published = publish([route('NEVER', 'pacs')]).catch((error: unknown) => error);
    await untilAppendsHang(url, 1);
    await system.program.kill();
    await letGo();
    expect(await published).toBeInstanceOf(Error);
    await start();
    await publish([route('AFTERWARDS', 'pacs')]);
    const series = scanned(2, 'AFTERWARDS');
    await sendAll(system.dicomPort, series);
    await untilDelivered(system.waystation, series, ['pacs']);
  });

  it('and all that was ever acknowledged is still there at the end, bit by bit, and the log is whole', async () => {
    for (const series of everything) {
      for (const { sopInstanceUid } of series) modality.acknowledged.add(sopInstanceUid);
      await expectKept(await story(series), objects(), modality, series);
    }
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true, problems: [] });
    expect(await system.waystation.json('rebuild')).toMatchObject({ equal: true });
    const states = await Promise.all(
      everything.map((series) => delivery(series, ({ status }) => status === 'succeeded')),
    );
    expect(states).toHaveLength(everything.length);
  });

  const objects = (): string => pathToFileURL(inFolder('data/objects')).href;
});
