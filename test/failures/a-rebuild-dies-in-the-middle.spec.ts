import { syntheticSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../harness/database.js';
import { ask } from '../harness/evidence.js';
import { sendAll } from '../harness/sending.js';
import { createSubstrate, Services, type Substrate } from '../harness/services.js';
import { removeFolder, temporaryFolder } from '../harness/standalone.js';
import { eventually } from '../harness/waystation.js';

/** What every writer of read models takes. */
const PROJECTING = 730_500_201;

// REQ-REPLAY-5: what is in force stays in force until something whole takes its place.
describe('When the process dies that rebuilds the read models', () => {
  let folder: string;
  let substrate: Substrate;
  let services: Services;

  beforeAll(async () => {
    folder = await temporaryFolder();
    substrate = await createSubstrate();
    services = await Services.start(substrate, folder, ['ingest', 'routing', 'audit', 'control']);
    await sendAll(services.one('ingest').dicomPort, syntheticSeries(5));
    await eventually('the series', async () =>
      (await ask<readonly object[]>(services.waystation, 'series'))?.length === 1 ? true : undefined,
    );
  });

  afterAll(async () => {
    await services?.stop();
    await substrate?.remove();
    await removeFolder(folder);
  });

  const schemas = async (): Promise<readonly string[]> => {
    const sql = `select nspname from pg_namespace where nspname like 'view%' order by nspname`;
    return (await asSuperuser<{ nspname: string }>(substrate.databaseUrl, sql)).map(({ nspname }) => nspname);
  };

  it('the old ones answer, the half-built ones go away, and the next rebuild comes to its end', async () => {
    const { digestAfter } = await services.waystation.json<{ digestAfter: string }>('rebuild');
    // The last step of a rebuild waits for this.
    const holder = new pg.Client(substrate.databaseUrl);
    await holder.connect();
    await holder.query('select pg_advisory_lock($1)', [PROJECTING]);
    const response = await fetch(`${services.waystation.url}/api/rebuild`, { method: 'POST' });
    expect([response.status, await response.json()]).toMatchObject([202, { state: 'building', generation: 3 }]);
    const second = await services.waystation.run('rebuild');
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining('rebuild.already-running')]);
    await services.one('audit').crash();
    expect(await schemas()).toEqual(['view', 'view_3']);
    expect(await ask(services.waystation, 'series')).toHaveLength(1);
    await holder.end();
    await eventually('the end of the half-built tables', async () =>
      (await schemas()).length === 1 ? true : undefined,
    );
    expect(await ask(services.waystation, 'rebuild/3')).toMatchObject({
      state: 'abandoned',
      failure: 'the process that built it vanished',
    });
    expect(await services.waystation.json('rebuild')).toMatchObject({ equal: true, digestAfter });
  });
});
