import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { asSuperuser } from '../harness/database.js';
import { sendAll } from '../harness/sending.js';

interface RebuildReport {
  readonly digestBefore: string;
  readonly digestAfter: string;
  readonly equal: boolean;
}

// REQ-REPLAY-4: database and objects are all there is to keep.
describe('A backup of database and objects', () => {
  let folder: string;
  let system: Standalone | undefined;
  const instances = syntheticSeries(5);
  const series = instances[0]?.seriesInstanceUid ?? '';
  const file = (name: string): string => join(folder, name);
  const started = async (data: string): Promise<Standalone> => (system = await startStandalone(file(data)));

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  it('that is restored elsewhere verifies, and everything derived from it is the same', async () => {
    const first = await started('data');
    await first.waystation.publish({
      completion: { quietPeriodSeconds: 0.3 },
      targets: [{ name: 'export', kind: 'folder', path: file('export') }],
      rules: [{ name: 'all', condition: 'True', action: 'route', targets: ['export'] }],
    });
    await sendAll(first.dicomPort, instances);
    await first.waystation.deliveries(series, 1);
    const { digestAfter } = await first.waystation.json<RebuildReport>('rebuild');
    await first.program.stop();
    await cp(file('data'), file('backup'), { recursive: true });

    // What happens after the backup is not in it.
    const original = await started('data');
    await sendAll(original.dicomPort, syntheticSeries(3));
    await original.program.stop();

    const restored = await started('backup');
    expect(await restored.waystation.json('rebuild')).toMatchObject({ equal: true, digestAfter });
    // Not only what was copied: from nothing but the log, too.
    const tables = 'view.series, view.delivery, view.related_stream, view.quarantine';
    await asSuperuser(
      await databaseUrlOf(file('backup')),
      `truncate ${tables}; delete from log.checkpoint where name = 'audit/read-models'`,
    );
    expect(await restored.waystation.json('rebuild')).toMatchObject({ digestAfter });
    expect(await restored.waystation.json('verify')).toMatchObject({ ok: true });
    const zip = file('evidence.zip');
    const study = instances[0]?.studyInstanceUid ?? '';
    expect((await restored.waystation.run('bundle', study, '--out', zip, '--with-objects')).code).toBe(0);
  });
});
