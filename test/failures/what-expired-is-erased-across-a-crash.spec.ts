import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { readAllKept } from '../harness/kept-objects.js';
import { sendAll } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const SERIES = 8;
let folder: string;
let system: Standalone;

beforeAll(async () => {
  folder = await temporaryFolder();
  system = await startStandalone(join(folder, 'data'));
});
afterAll(async () => {
  await system?.program.stop();
  await removeFolder(folder);
});

const retentionEvents = async (): Promise<readonly Record<string, unknown>[]> =>
  asSuperuser(
    await databaseUrlOf(system.dataFolder),
    `select type, count(*)::int from log.event where type like 'objects.e%' group by type order by type`,
  );

// REQ-RETAIN-5: what is let go is erased, whoever dies on the way, and nothing else is.
it('What expired is erased although Waystation is killed between the decision and the bytes', async () => {
  const all = Array.from({ length: SERIES }, () => syntheticSeries(2, { seriesDescription: 'GOES' }));
  const kept = syntheticSeries(2, { seriesDescription: 'STAYS' });
  const rules = [{ name: 'Goes', condition: "@SeriesDescription@ == 'GOES'", action: 'discard' }];
  const document = { completion: { quietPeriodSeconds: 0.5 }, rules };
  await system.waystation.publish(document);
  for (const series of [...all, kept]) await sendAll(system.dicomPort, series);
  await eventually('all series to be decided', async () => {
    const rows = await asSuperuser(
      await databaseUrlOf(system.dataFolder),
      `select 1 from log.event where type = 'series.routed.v1'`,
    );
    return rows.length === SERIES + 1 ? true : undefined;
  });
  expect(await readAllKept(system.dataFolder)).toHaveLength(2 * SERIES + 2);

  await system.waystation.publish({ ...document, retention: { keep: { discardedDays: 0 } } });
  await eventually('something to expire', async () => ((await retentionEvents()).length > 0 ? true : undefined));
  await system.program.kill();
  system = await startStandalone(join(folder, 'data'));

  await eventually('everything to be erased', async () =>
    (await retentionEvents()).some(({ type, count }) => type === 'objects.erased.v1' && count === SERIES)
      ? true
      : undefined,
  );
  expect(await retentionEvents()).toEqual([
    { type: 'objects.erased.v1', count: SERIES },
    { type: 'objects.expired.v1', count: SERIES },
  ]);
  expect(await readAllKept(system.dataFolder)).toHaveLength(2);
  expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
  await system.waystation.json('rebuild');
  expect(await readAllKept(system.dataFolder)).toHaveLength(2);
});
