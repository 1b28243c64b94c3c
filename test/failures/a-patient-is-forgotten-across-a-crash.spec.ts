import { syntheticSeries } from '@waystation/testing';
import { expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { sendAll } from '../harness/sending.js';
import { standaloneOfTests } from '../harness/standalone-of-tests.js';
import { databaseUrlOf } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

const standalone = standaloneOfTests();

const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
  asSuperuser(await databaseUrlOf(standalone.system.dataFolder), sql);
const erasures = () => rows(`select type from log.event where type like 'identity.%' order by position`);

// REQ-PRIVACY-5: what was asked for is done, whoever dies on the way.
it('A patient is forgotten although Waystation dies between the request and the keys', async () => {
  const [first] = syntheticSeries(1, { patientId: 'PAT-7' });
  await sendAll(standalone.system.dicomPort, first === undefined ? [] : [first]);
  const asked = fetch(`${standalone.system.waystation.url}/api/patients/forget`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patientId: 'PAT-7', author: 'test', reason: 'test' }),
  }).catch(() => undefined);
  await eventually('the request to be in the log', async () => ((await erasures()).length > 0 ? true : undefined));
  await standalone.system.program.kill();
  await asked;

  await standalone.startAgain();
  expect(await erasures()).toEqual([{ type: 'identity.erasure-requested.v1' }]);
  expect(await rows('select 1 from identity.data_key')).toHaveLength(1);
  await eventually('the patient to be forgotten', async () => ((await erasures()).length > 1 ? true : undefined));
  expect(await erasures()).toEqual([{ type: 'identity.erasure-requested.v1' }, { type: 'identity.forgotten.v1' }]);
  expect(await rows('select 1 from identity.data_key')).toEqual([]);
  const [line] = await standalone.system.waystation.json<readonly { patient: string }[]>('series');
  expect(line?.patient).toBe('(forgotten)');
  expect(await standalone.system.waystation.json('verify')).toMatchObject({ ok: true });
  expect(await rows(`select 1 from log.timer where queue = 'forget-patients'`)).toEqual([]);
});
