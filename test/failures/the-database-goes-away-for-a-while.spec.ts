import { setTimeout as delay } from 'node:timers/promises';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { untilAllEnded } from '../harness/associations.js';
import { asSuperuser } from '../harness/database.js';
import { echoscu } from '../harness/dcmtk.js';
import { expectSoundLog } from '../harness/evidence.js';
import { WatchedSystem } from '../harness/watched-system.js';
import { startPostgres, type TestPostgres } from '../services/postgres.js';

const SUCCESS = 0x0000;
const OUT_OF_RESOURCES = 0xa700;

// REQ-FAIL-4: without the log nothing is acknowledged, and nothing has to be restarted when it is back.
describe('When the database goes away for a while', () => {
  let postgres: TestPostgres;
  let system: WatchedSystem;

  beforeAll(async () => {
    postgres = await startPostgres();
    system = await WatchedSystem.start({ servers: { databaseUrl: postgres.url }, pauseMs: 50 });
  });

  afterAll(async () => {
    await system?.stop();
    await postgres?.stop();
  });

  beforeEach(() => system.scan(syntheticSeries(24, { modality: 'CT' }), 20));

  it('senders are told to keep their objects, and what they send again completes the series', async () => {
    const pushed = system.push();
    await system.until('some objects', () => system.modality.acknowledged.size > 10);
    await postgres.kill();
    await system.until('a refusal', () => system.modality.statuses.includes(OUT_OF_RESOURCES));
    await postgres.restart();
    await pushed;
    expect(new Set(system.modality.statuses)).toEqual(new Set([SUCCESS, OUT_OF_RESOURCES]));
    await system.expectIntact();
  });

  it('a delivery under way is finished, and says so where it may have repeated an object', async () => {
    const before = system.pacs.objects;
    await system.push();
    await system.until('some objects at the target', () => system.pacs.objects > before + 5);
    await postgres.kill();
    expect(await echoscu(system.services.one('ingest').dicomPort)).toBe(0);
    // Longer than anybody waits for a database that only restarts.
    await delay(7000);
    await postgres.restart();
    await system.expectIntact();
  });

  it('an association that began while it was away can be used when it is back', async () => {
    system.scan(system.series, 100);
    await postgres.kill();
    const sent = system.modality.send(system.services.one('ingest').dicomPort, system.series);
    await system.until('a refusal', () => system.modality.statuses.includes(OUT_OF_RESOURCES));
    await postgres.restart();
    await sent;
    expect(system.modality.statuses).toContain(SUCCESS);
    await system.push();
    await system.expectIntact();
  });

  // REQ-FAIL-10
  it('every association has an end, also those that ended meanwhile', async () => {
    const { accepted, lost } = await untilAllEnded(system.substrate.databaseUrl);
    expect(lost).toBe(0);
    expect(accepted).toBeGreaterThan(4);
    const sql = `select 1 from log.event where type = 'association.accepted.v1' and data->>'callingAeTitle' = 'ECHOSCU'`;
    expect(await asSuperuser(system.substrate.databaseUrl, sql)).toHaveLength(1);
  });

  it('no service was restarted, the log is whole, and nothing waits', async () => {
    expect(system.services.all.filter(({ program }) => !program.running)).toEqual([]);
    await expectSoundLog(system.services.waystation);
  });
});
