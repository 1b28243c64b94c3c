import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EventProof, Segment, SegmentDeed, VerifyReport } from '@waystation/event-log';
import { syntheticSeries } from '@waystation/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../harness/sending.js';
import {
  databaseUrlOf,
  removeFolder,
  startStandalone,
  temporaryFolder,
  type Standalone,
} from '../harness/standalone.js';

const SEGMENT = 100;

// REQ-PROVE-2, REQ-PROVE-3, REQ-ARCHIVE-1: what the log says can be proven, wherever its parts are.
describe('The log of a Waystation', () => {
  let folder: string;
  let system: Standalone;
  const file = (name: string): string => join(folder, name);
  const env = (): NodeJS.ProcessEnv => ({
    WAYSTATION_SEGMENT_EVENTS: String(SEGMENT),
    WAYSTATION_SEAL_KEY_FILE: file('seal.pem'),
  });
  const series = syntheticSeries(150);
  const seriesInstanceUid = series[0]?.seriesInstanceUid ?? '';

  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(async () => {
    await system?.program.stop();
    await removeFolder(folder);
  });

  /** Asks the database as its owner, for whom no trigger fires. */
  const ask = async (statement: string): Promise<readonly unknown[]> => {
    const database = new pg.Client(await databaseUrlOf(system.dataFolder));
    await database.connect();
    await database.query('set session_replication_role = replica');
    const { rows } = await database.query<object>(statement);
    await database.end();
    return rows;
  };

  it('is sealed with a key that the command line makes, once', async () => {
    system = await startStandalone(file('data'), { WAYSTATION_SEGMENT_EVENTS: String(SEGMENT) });
    const { key } = await system.waystation.json<{ key: string }>('make-signing-key', file('seal.pem'));
    const again = await system.waystation.run('make-signing-key', file('seal.pem'));
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('is there already') as string });
    await system.program.stop();
    system = await startStandalone(file('data'), env());
    await send(system.dicomPort, series);
    const { seal } = await system.waystation.json<EventProof>('prove', '5');
    expect(seal.signature?.key).toBe(key);
  });

  it('gives a proof of any event that anybody can check', async () => {
    const position = '42';
    const { stdout } = await system.waystation.run('prove', position, '--json');
    await writeFile(file('proof.json'), stdout);
    const trusted = ['--public-key', file('seal.pem.pub')];
    const checked = await system.waystation.run('check-proof', file('proof.json'), ...trusted);
    expect(checked).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^proven: position 42, .*\n.*: signature\n$/) as string,
    });
    const proof = JSON.parse(stdout) as EventProof;
    const forged = { ...proof, event: { ...proof.event, time: '2020-01-01T00:00:00.000Z' } };
    await writeFile(file('forged.json'), JSON.stringify(forged));
    const refused = await system.waystation.run('check-proof', file('forged.json'), ...trusted);
    expect(refused).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^NOT PROVEN: the event has the hash/) as string,
    });
    const none = await system.waystation.run('prove', '999999');
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the log has no position 999999') as string,
    });
  });

  it('has its oldest segments copied and dropped on order, and tells the same story as before', async () => {
    const { waystation } = system;
    const [history, replay] = [
      await waystation.history(seriesInstanceUid),
      await waystation.json('replay', seriesInstanceUid),
    ];
    const order = ['archive', '--before', '2999-01-01', '--drop', '--author', 'huber', '--reason', 'spring'];
    const deeds = await waystation.json<readonly SegmentDeed[]>(...order);
    expect(deeds.slice(0, 3)).toEqual(
      ['archived', 'detached', 'dropped'].map((done) => ({ from: 1, to: SEGMENT, done })),
    );
    const segments = await waystation.json<readonly Segment[]>('archive');
    expect(segments[0]).toMatchObject({ from: 1, to: SEGMENT, state: 'dropped', key: expect.any(String) as string });
    expect(await waystation.history(seriesInstanceUid)).toEqual(history);
    expect(await waystation.json('replay', seriesInstanceUid)).toMatchObject({
      state: (replay as { state: object }).state,
    });
    const told = await ask(
      `select data, meta from log.event where type = 'log.segment-dropped.v1' order by position limit 1`,
    );
    expect(told).toEqual([
      {
        data: { from: 1, to: SEGMENT, reason: 'spring' },
        meta: { actor: { kind: 'user', name: 'huber', address: '127.0.0.1' } },
      },
    ]);
  });

  it('verifies over what is in the database and what is not, also after a start from nothing', async () => {
    await system.program.stop();
    system = await startStandalone(file('data'), env());
    const report = await system.waystation.json<VerifyReport>('verify', '--public-key', file('seal.pem.pub'));
    expect(report).toMatchObject({ ok: true, problems: [] });
    expect(report.archivedThrough).toBeGreaterThanOrEqual(SEGMENT);
    const { equal } = await system.waystation.json<{ equal: boolean }>('rebuild');
    expect(equal).toBe(true);
    const { stdout } = await system.waystation.run('prove', '42', '--json');
    const [before, now] = [await readFile(file('proof.json'), 'utf8'), stdout];
    expect(JSON.parse(now)).toEqual(JSON.parse(before));
  });

  it('names the first bad event when the owner of the database changed one', async () => {
    const { archivedThrough } = await system.waystation.json<VerifyReport>('verify');
    const position = archivedThrough + 3;
    await ask(`update log.event set recorded_at = recorded_at - interval '1 ms' where position = ${position}`);
    const { code, stdout } = await system.waystation.run('verify');
    expect(code).toBe(1);
    expect(stdout.split('\n')[1]).toMatch(new RegExp(`^position ${position}: .*not the one that was sealed`));
  });
});
