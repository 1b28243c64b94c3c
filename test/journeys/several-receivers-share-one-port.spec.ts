import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries, TestAuthority } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSetHashes, echoscu, storescu } from '../harness/dcmtk.js';
import { readAllKept } from '../harness/kept-objects.js';
import { removeFolder, startStandalone, temporaryFolder, type Standalone } from '../harness/standalone.js';

// REQ-SCALE-2: several receiver processes behind one port, by one setting.
describe('Receivers in processes of their own', () => {
  let folder: string;
  let authority: TestAuthority;
  let system: Standalone;

  beforeAll(async () => {
    folder = await temporaryFolder();
    authority = await TestAuthority.create();
    const { certificatePath, keyPath } = await authority.issue('waystation');
    system = await startStandalone(join(folder, 'data'), {
      WAYSTATION_RECEIVERS: '2',
      WAYSTATION_DICOM_TLS_PORT: '0',
      WAYSTATION_DICOM_TLS_CERTIFICATE_FILE: certificatePath,
      WAYSTATION_DICOM_TLS_KEY_FILE: keyPath,
      WAYSTATION_DICOM_TLS_CLIENT_CERTIFICATES: 'none',
    });
  });

  afterAll(async () => {
    await system?.program.stop();
    await Promise.all([authority?.remove(), removeFolder(folder)]);
  });

  it('take associations in turn, write to one series, and keep every object', async () => {
    const series = syntheticSeries(40, { modality: 'CT' });
    const pushes = await Promise.all(
      [0, 1, 2, 3].map(async (part) => {
        const sent = join(folder, `part-${part}`);
        await mkdir(sent);
        for (const [index, { part10 }] of series.entries())
          if (index % 4 === part) await writeFile(join(sent, `${index}.dcm`), part10);
        return storescu(system.dicomPort, [sent], '+sd');
      }),
    );
    for (const { code, output } of pushes) expect(code, output).toBe(0);
    expect(dataSetHashes(await readAllKept(system.dataFolder))).toHaveLength(40);
    const [line] = await system.waystation.json<readonly { instances: number }[]>('series');
    expect(line?.instances).toBe(40);
    expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
  });

  it('answer over TLS as well, each in its turn', async () => {
    for (let turn = 0; turn < 4; turn++) expect(await echoscu(system.tlsPort, '+tla', '+cf', authority.path)).toBe(0);
  });

  it('stop with everything else and leave nothing running', async () => {
    expect(await system.program.stop()).toBe(0);
    expect((await storescu(system.dicomPort, [join(folder, 'part-0')], '+sd')).code).not.toBe(0);
  });
});
