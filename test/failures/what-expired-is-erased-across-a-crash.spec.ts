import { syntheticSeries } from '@waystation/testing';
import { expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { readAllKept } from '../harness/kept-objects.js';
import { sendAll } from '../harness/sending.js';
import { standaloneOfTests } from '../harness/standalone-of-tests.js';
import { databaseUrlOf } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const SERIES = 8;
const standalone = standaloneOfTests();

const retentionEvents = async (): Promise<readonly Record<string, unknown>[]> =>
  asSuperuser(
    await databaseUrlOf(standalone.system.dataFolder),
    `select type, count(*)::int from log.event where type like 'objects.e%' group by type order by type`,
  );

// REQ-RETAIN-5: what is let go is erased, whoever dies on the way, and nothing else is.
it('What expired is erased although Waystation is killed between the decision and the bytes', async () => {
  const all = Array.from({ length: SERIES }, () => syntheticSeries(2, { seriesDescription: 'GOES' }));
  const kept = syntheticSeries(2, { seriesDescription: 'STAYS' });
  const rules = [{ name: 'Goes', condition: "@SeriesDescription@ == 'GOES'", action: 'discard' }];
  const document = { completion: { quietPeriodSeconds: 0.5 }, rules };
  await standalone.system.waystation.publish(document);
  for (const series of [...all, kept]) await sendAll(standalone.system.dicomPort, series);
  await eventually('all series to be decided', async () => {
    const rows = await asSuperuser(
      await databaseUrlOf(standalone.system.dataFolder),
      `select 1 from log.event where type = 'series.routed.v1'`,
    );
    return rows.length === SERIES + 1 ? true : undefined;
  });
  expect(await readAllKept(standalone.system.dataFolder)).toHaveLength(2 * SERIES + 2);

  await standalone.system.waystation.publish({ ...document, retention: { keep: { discardedDays: 0 } } });
  await eventually('something to expire', async () => ((await retentionEvents()).length > 0 ? true : undefined));
  await standalone.system.program.kill();
  await standalone.startAgain();

  await eventually('everything to be erased', async () =>
    (await retentionEvents()).some(({ type, count }) => type === 'objects.erased.v1' && count === SERIES)
      ? true
      : undefined,
  );
  expect(await retentionEvents()).toEqual([
    { type: 'objects.erased.v1', count: SERIES },
    { type: 'objects.expired.v1', count: SERIES },
  ]);
  expect(await readAllKept(standalone.system.dataFolder)).toHaveLength(2);
  expect(await standalone.system.waystation.json('verify')).toMatchObject({ ok: true });
  await standalone.system.waystation.json('rebuild');
  expect(await readAllKept(standalone.system.dataFolder)).toHaveLength(2);
});
