import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConfigurationDocument } from '@waystation/events';
import { syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetsUnder } from '../harness/dcmtk.js';
import { sendAll } from '../harness/sending.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

interface Imported {
  readonly document: ConfigurationDocument;
  readonly items: readonly { readonly path: string; readonly outcome: string; readonly reason: string }[];
  readonly version?: number;
}

// REQ-MERCURE-1: a configuration of mercure is taken over, and series go where mercure sent them.
describe('A configuration of mercure', () => {
  let folder: string;
  let system: Standalone;
  let file: string;
  const series = {
    head: syntheticSeries(2, { modality: 'CT', overrides: { StudyDescription: 'HEAD' } }),
    localizer: syntheticSeries(1, { modality: 'CT', overrides: { ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' } }),
    other: syntheticSeries(1, { modality: 'MR' }),
  };
  const uidOf = ([first]: readonly SyntheticInstance[]): string => first?.seriesInstanceUid ?? '';
  const target = (name: string) => ({ target_type: 'folder', folder: join(folder, name), contact: '', comment: '' });

  beforeAll(async () => {
    folder = await temporaryFolder();
    file = join(folder, 'mercure.json');
    system = await startStandalone(join(folder, 'data'));
    const mercure = {
      appliance_name: 'radiology',
      port: 11_112,
      series_complete_trigger: 1,
      retention: 259_200,
      targets: {
        Köpfe: target('heads'),
        rest: target('rest'),
        cloud: { target_type: 's3', secret_access_key: 'hunter2' },
      },
      rules: {
        heads: {
          rule: "@Modality@ == 'CT' and 'HEAD' in @StudyDescription@",
          target: ['Köpfe', 'cloud'],
          disabled: 'False',
        },
        localizers: { rule: "'LOCALIZER' in tags.ImageType", action: 'discard' },
        assigns: { rule: "tags.Modality = 'MR'", target: 'Köpfe' },
        everything: { rule: 'False', target: 'rest', fallback: true },
      },
    };
    await writeFile(file, JSON.stringify(mercure, undefined, 4));
  });

  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it('is told of value by value, and nothing changes by that', async () => {
    const { code, stdout } = await system.waystation.run('import', file);
    expect(code).toBe(0);
    expect(stdout).toContain('  retention: Waystation keeps every object');
    expect(stdout).toContain(
      "  rules.assigns.rule: = does not compare — use == to compare (line 1, column 15)\n      tags.Modality = 'MR'\n                    ^\n",
    );
    expect(stdout).toContain("targets.Köpfe: it is called 'Koepfe' here");
    expect(stdout).toContain('nothing was changed');
    expect(stdout).not.toContain('hunter2');
    expect(await system.waystation.get('/api/configuration')).toMatchObject({ version: 0 });
  });

  it('is written to a file that can be published', async () => {
    const out = join(folder, 'waystation-configuration.json');
    const { document } = await system.waystation.json<Imported>('import', file, '--out', out);
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual(document);
  });

  it('is published, and series go where mercure sent them', async () => {
    const { version, document } = await system.waystation.json<Imported>(
      'import',
      file,
      '--publish',
      '--reason',
      'we move',
      '--time-zone',
      'Europe/Berlin',
    );
    expect(version).toBe(1);
    expect(await system.waystation.get('/api/configuration')).toMatchObject({ version: 1, document });
    expect(document.schedule.offPeak.timeZone).toBe('Europe/Berlin');
    await sendAll(system.dicomPort, Object.values(series).flat());
    await system.waystation.deliveries(uidOf(series.head), 1);
    await system.waystation.deliveries(uidOf(series.other), 1);
    await eventually('the localizer is discarded', async () => {
      const lines = await system.waystation.get<readonly { seriesInstanceUid: string }[]>(
        '/api/series?outcome=discarded',
      );
      return lines.some(({ seriesInstanceUid }) => seriesInstanceUid === uidOf(series.localizer)) ? lines : undefined;
    });
    expect(dataSetsUnder(join(folder, 'heads'))).toHaveLength(2);
    expect(dataSetsUnder(join(folder, 'rest'))).toHaveLength(1);
    expect(await system.waystation.json('deliveries', '--series', uidOf(series.localizer))).toEqual([]);
  });

  it.each([
    ['what is no JSON', 'nothing', 'mercure-import.not-json'],
    ['another file', '{"name": "waystation"}', 'mercure-import.not-mercure'],
  ])('is refused where it is %s', async (_what, text, code) => {
    const other = join(folder, 'other.json');
    await writeFile(other, text);
    const refused = await system.waystation.run('import', other, '--publish');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`(${code})`);
    const nowhere = await system.waystation.run('import', file, '--time-zone', 'Mars/Olympus');
    expect(nowhere.stderr).toContain("'Mars/Olympus' is no time zone");
  });
});
