import { join } from 'node:path';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { sendAll } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

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

const rows = async (sql: string): Promise<readonly Record<string, unknown>[]> =>
  asSuperuser(await databaseUrlOf(system.dataFolder), sql);
const erasures = () => rows(`select type from log.event where type like 'identity.%' order by position`);

// REQ-PRIVACY-5: what was asked for is done, whoever dies on the way.
it('A patient is forgotten although Waystation dies between the request and the keys', async () => {
  const [first] = syntheticSeries(1, { patientId: 'PAT-7' });
  await sendAll(system.dicomPort, first === undefined ? [] : [first]);
  const asked = fetch(`${system.waystation.url}/api/patients/forget`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ patientId: 'PAT-7', author: 'test', reason: 'test' }),
  }).catch(() => undefined);
  await eventually('the request to be in the log', async () => ((await erasures()).length > 0 ? true : undefined));
  await system.program.kill();
  await asked;

  system = await startStandalone(join(folder, 'data'));
  expect(await erasures()).toEqual([{ type: 'identity.erasure-requested.v1' }]);
  expect(await rows('select 1 from identity.data_key')).toHaveLength(1);
  await eventually('the patient to be forgotten', async () => ((await erasures()).length > 1 ? true : undefined));
  expect(await erasures()).toEqual([{ type: 'identity.erasure-requested.v1' }, { type: 'identity.forgotten.v1' }]);
  expect(await rows('select 1 from identity.data_key')).toEqual([]);
  const [line] = await system.waystation.json<readonly { patient: string }[]>('series');
  expect(line?.patient).toBe('(forgotten)');
  expect(await system.waystation.json('verify')).toMatchObject({ ok: true });
  expect(await rows(`select 1 from log.timer where queue = 'forget-patients'`)).toEqual([]);
});
