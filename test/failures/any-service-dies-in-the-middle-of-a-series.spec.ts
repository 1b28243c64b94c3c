import { setTimeout as delay } from 'node:timers/promises';
import { syntheticSeries } from '@waystation/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { untilAllEnded } from '../harness/associations.js';
import { asSuperuser, holdAppends, untilAppendsHang } from '../harness/database.js';
import { expectSoundLog } from '../harness/evidence.js';
import type { Service } from '../harness/services.js';
import { WatchedSystem } from '../harness/watched-system.js';
import { eventually } from '../harness/waystation.js';

// REQ-FAIL-1: kill -9 of any one service loses nothing and delivers nothing twice in silence.
describe('A series arrives completely, and every object once or with a record of why twice,', () => {
  let system: WatchedSystem;

  beforeAll(async () => {
    const apps = ['ingest', 'ingest', 'routing', 'dispatch', 'audit', 'control'] as const;
    system = await WatchedSystem.start({ apps, pauseMs: 15 });
  });

  afterAll(() => system?.stop());

  beforeEach(() => system.scan(syntheticSeries(40, { modality: 'CT' }), 20));

  const pushHalves = async (): Promise<void> => {
    const ports = system.services.of('ingest').map(({ dicomPort }) => dicomPort);
    await Promise.all(
      ports.map((port, half) =>
        system.modality.push(
          port,
          system.series.filter((_, index) => index % 2 === half),
        ),
      ),
    );
  };

  const crashWhenAcknowledged = async (service: Service, objects: number): Promise<void> => {
    await system.until(`${objects} objects`, () => system.modality.acknowledged.size >= objects);
    await service.crash();
  };

  it('where an ingest dies while objects come in', async () => {
    await Promise.all([pushHalves(), crashWhenAcknowledged(system.services.one('ingest'), 12)]);
    await system.expectIntact();
    expect([...system.pacs.received.values()].every((came) => came.length === 1)).toBe(true);
  });

  it('where an ingest dies with an object in the store that the log has not taken yet', async () => {
    const pushed = pushHalves();
    await system.until('some objects', () => system.modality.acknowledged.size > 8);
    const letGo = await holdAppends(system.substrate.databaseUrl);
    await untilAppendsHang(system.substrate.databaseUrl, 2);
    await delay(200);
    const acknowledged = system.modality.acknowledged.size;
    await delay(500);
    expect(system.modality.acknowledged.size).toBe(acknowledged);
    await system.services.one('ingest').program.kill();
    await letGo();
    await system.services.one('ingest').launch();
    await pushed;
    await system.expectIntact();
  });

  it('where the routing dies with the completion of the series under way', async () => {
    await pushHalves();
    const letGo = await holdAppends(system.substrate.databaseUrl);
    await eventually('the claim on the series', async () => {
      const sql = 'select 1 from log.timer where stream_id = $1 and claimed_by is not null';
      return (await asSuperuser(system.substrate.databaseUrl, sql, [`series/${system.uid}`])).length > 0
        ? true
        : undefined;
    });
    await system.services.one('routing').program.kill();
    await letGo();
    await system.services.one('routing').launch();
    await system.expectIntact();
  });

  it('where the dispatch dies while a target takes objects', async () => {
    const before = system.pacs.objects;
    let crashed: Promise<void> | undefined;
    system.pacs.onObject = (objects) => {
      if (objects === before + 10) crashed = system.services.one('dispatch').crash();
    };
    await pushHalves();
    await system.expectIntact();
    await crashed;
    const types = (await system.services.waystation.history(system.uid)).map(({ type }) => type);
    expect(types).toContain('delivery.interrupted.v1');
    expect(system.series.some(({ sopInstanceUid }) => system.pacs.received.get(sopInstanceUid)?.length === 2)).toBe(
      true,
    );
  });

  it('where the audit and the control die', async () => {
    const [audit, control] = [system.services.one('audit'), system.services.one('control')];
    await Promise.all([pushHalves(), crashWhenAcknowledged(audit, 10), crashWhenAcknowledged(control, 10)]);
    await system.publish();
    await system.expectIntact();
  });

  // REQ-FAIL-10
  it('and every association has an end, also those of an ingest that died', async () => {
    const { lost } = await untilAllEnded(system.substrate.databaseUrl);
    expect(lost).toBeGreaterThan(0);
  });

  it('and the log is whole, and nothing waits', async () => {
    await expectSoundLog(system.services.waystation);
  });
});
