import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { instantAfter, type Instant } from '@waystation/kernel';
import type { RecordedEvent } from '@waystation/events';
import { openObjectStore } from '@waystation/object-store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshLog, type FreshLog } from '../../test/fresh-log.js';
import { note, unit, unitOf } from '../../test/notes.js';
import { objectFolder, type ObjectFolder } from '../../test/object-folder.js';
import type { EventLog } from '../event-log.js';
import { Sealer } from '../seal/sealer.js';
import { verifyLog } from '../verify/verify-log.js';
import { Archiver, type ArchiveOrder } from './archiver.js';
import { segmentsOf } from './segments.js';

const SEGMENT = 1300; // two members each

let folder: ObjectFolder;
let fresh: FreshLog;
let log: EventLog;
let archiver: Archiver;
beforeEach(async () => {
  folder = await objectFolder();
  fresh = await freshLog({ segmentSize: SEGMENT });
  log = await fresh.open(fresh.url, folder.objects);
  archiver = new Archiver(log, folder.objects, folder.spool);
  round = 0;
});
afterEach(async () => {
  await fresh[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const actor = { kind: 'user', name: 'spec' } as const;
let round = 0;
/** One stream that lives long, and many that do not; sealed now and then. */
const write = async (positions: number): Promise<void> => {
  const sealer = new Sealer(log, { service: 'spec' });
  for (; (await log.head()).position < positions; round++) {
    await log.append(unit('note/long', 'any', `Jörg \u0000 ${round}`));
    const parts = Array.from({ length: 20 }, (_, index) => ({
      stream: `note/${round}-${index}`,
      expected: 0,
      events: Array.from({ length: 10 }, (_none, text) => note(`${index} ${text}`)),
    }));
    await log.append(unitOf(...parts));
    if (round % 3 === 2) await sealer.sealNow();
  }
  await sealer.sealNow();
};
const later = async (): Promise<Instant> => instantAfter(await log.now(), 1000);
const order = async (what: Partial<Record<'archive' | 'detach' | 'drop', true>>): Promise<ArchiveOrder> => {
  const before = await later();
  return {
    archiveBefore: what.archive && before,
    detachBefore: what.detach && before,
    dropBefore: what.drop && before,
    actor,
    reason: 'spec',
  };
};
const states = async () => (await segmentsOf(log.pool)).map(({ state }) => state).filter((state) => state !== 'open');

/** Everything that a reader of the log can see, through a process that has read nothing yet. */
const everything = async () => {
  const reader = await fresh.open(fresh.url, folder.objects);
  const all: RecordedEvent[] = [];
  for (;;) {
    const events = await reader.readAll({ after: all.length, limit: 777 });
    all.push(...events);
    if (events.length < 777) break;
  }
  const notes = all.filter(({ type }) => type === 'note.taken.v1');
  const replay: RecordedEvent[] = [];
  for await (const page of reader.replay({ after: 3 })) replay.push(...page);
  const seals: RecordedEvent[] = [];
  const reached: number[] = [];
  for await (const page of reader.replayTypes(['log.sealed.v1', "no such 'type'"], { after: 3 })) {
    seals.push(...page.events);
    reached.push(page.through);
  }
  const streams = ['note/long', 'note/0-0', 'note/4-19', 'note/9-9', 'note/none'];
  const moments = [1, 2, 700, 1100, 1240, -900, -100, -1].map((place) => notes.at(place)?.recordedtime ?? '');
  return {
    notes,
    isReplaySame: replay.every((event, index) => JSON.stringify(event) === JSON.stringify(all[index + 3])),
    replayed: replay.length === all.length - 3,
    isTypedSame: JSON.stringify(seals) === JSON.stringify(all.filter(({ type }) => type === 'log.sealed.v1')),
    isAtTheEnd: reached.at(-1) === all.length,
    streams: await Promise.all(streams.map((stream) => reader.readStream(stream))),
    part: await reader.readStream('note/long', { after: 2, through: 9 }),
    single: await Promise.all([1, 1000, 1001, 1300, 1301].map((position) => reader.read(position))),
    at: await Promise.all([instantAfter(moments[0] ?? '', -1), ...moments].map((moment) => reader.positionAt(moment))),
  };
};

describe('Archiver', () => {
  it('copies, detaches and drops segments, and the log stays whole to every reader', async () => {
    await write(4 * SEGMENT);
    const before = await everything();
    expect(before).toMatchObject({ isReplaySame: true, replayed: true, isTypedSame: true, isAtTheEnd: true });
    const steps = [
      [{ archive: true }, ['archived', 'archived', 'archived', 'archived']],
      [{ detach: true }, ['detached', 'detached', 'detached', 'detached']],
      [{ drop: true }, ['dropped', 'dropped', 'dropped', 'dropped']],
    ] as const;
    for (const [what, expected] of steps) {
      const deeds = await archiver.run(await order(what));
      expect(deeds.map(({ from, done }) => [from, done])).toEqual(expected.map((done, at) => [at * SEGMENT + 1, done]));
      expect(await states()).toEqual(expected);
      const after = await everything();
      expect(after).toEqual(before);
      const whole = { ok: true, problems: [], archivedThrough: expected[0] === 'archived' ? 0 : 4 * SEGMENT };
      expect(await verifyLog(log)).toMatchObject(whole);
    }
    const tables = `select from pg_class where relkind = 'r' and relname like 'event_0%'`;
    const left = (await segmentsOf(log.pool)).filter(({ state }) => state !== 'dropped');
    expect((await fresh.admin.query(tables)).rowCount).toBe(left.length);
    const types = (await log.readStream('log')).map(({ type }) => type).filter((type) => type !== 'log.sealed.v1');
    const each = ['archived', 'detached', 'dropped'].flatMap((done) => Array<string>(4).fill(`log.segment-${done}.v1`));
    expect(types).toEqual(each);
  });

  it('does all at once what is ordered, appends and seals go on behind it, and a reader on its way sees no gap', async () => {
    await write(2 * SEGMENT);
    const reader = await fresh.open(fresh.url, folder.objects);
    const first = await reader.readAll({ after: 0, limit: 100 });
    await archiver.run(await order({ archive: true, detach: true, drop: true }));
    const second = await reader.readAll({ after: 100, limit: 5000 });
    expect([...first, ...second].map(({ position }) => position)).toEqual(
      Array.from({ length: (await reader.head()).position }, (_, index) => index + 1),
    );
    await log.append(unit('note/long', 'any', 'behind'));
    await log.append(unit('note/0-0', 10, 'behind'));
    expect((await log.readStream('note/0-0')).map(({ sequence }) => sequence)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    await write(3 * SEGMENT);
    expect(await verifyLog(log)).toMatchObject({ ok: true, archivedThrough: 2 * SEGMENT });
  });

  it('leaves what is not under a seal, not full or not old enough', async () => {
    const moment = await log.now();
    await log.append(unit('note/1', 0, ...Array.from({ length: SEGMENT + 1 }, String)));
    expect(await archiver.run(await order({ archive: true }))).toEqual([]);
    await new Sealer(log, { service: 'spec' }).sealNow();
    expect(await archiver.run({ archiveBefore: moment, actor, reason: '' })).toEqual([]);
    expect(await archiver.run(await order({ detach: true, drop: true }))).toEqual([]);
    expect(await archiver.run(await order({ archive: true }))).toHaveLength(1);
    expect(await archiver.run(await order({ archive: true }))).toEqual([]);
  });

  it('does not archive what was changed', async () => {
    await write(SEGMENT + 1);
    await fresh.admin.query('set session_replication_role = replica');
    await fresh.admin.query(`update log.event set data = '{"text":"forged"}' where position = 1100`);
    await expect(archiver.run(await order({ archive: true }))).rejects.toMatchObject({ code: 'log.changed-event' });
    expect(await states()).toEqual(['full']);
    expect(await readdir(folder.spool)).toEqual([]);
  });

  it('is one at a time', async () => {
    const office = await log.checkpoints.take('log-archive');
    await expect(archiver.run(await order({}))).rejects.toMatchObject({ code: 'log.archiving-elsewhere' });
    await office?.giveBack();
    expect(await archiver.run(await order({}))).toEqual([]);
  });
});

const s3 = process.env['WAYSTATION_TEST_S3_URL'];

describe.runIf(s3 !== undefined)('Archiver on S3', () => {
  it('copies and drops segments, and the log stays whole to every reader', async () => {
    const url = new URL(s3 ?? '');
    url.searchParams.set('prefix', `archiver-${randomUUID()}/`);
    const objects = await openObjectStore(url.href);
    const reader = await fresh.open(fresh.url, objects);
    await write(2 * SEGMENT);
    const before = await reader.readAll({ after: 0, limit: 2 * SEGMENT });
    const all = await order({ archive: true, detach: true, drop: true });
    expect(await new Archiver(log, objects, folder.spool).run(all)).toHaveLength(6);
    expect(await reader.readAll({ after: 0, limit: 2 * SEGMENT })).toEqual(before);
    expect(await verifyLog(reader)).toMatchObject({ ok: true, archivedThrough: 2 * SEGMENT });
    await objects.close();
  });
});

describe('An archiver that is cut off', () => {
  const without = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    await fresh.admin.query(`revoke execute on function log.${name} from waystation_app`);
    await expect(work()).rejects.toMatchObject({ code: 'log.refused' });
    await fresh.admin.query(`grant execute on function log.${name} to waystation_app`);
  };
  const eventsOfLog = async () =>
    (await log.readStream('log')).map(({ type }) => type).filter((type) => type !== 'log.sealed.v1');

  it('goes on where it was, and records nothing twice', async () => {
    await write(SEGMENT + 1);
    const before = await everything();
    const all = { archive: true, detach: true, drop: true } as const;
    for (const name of ['archive_segment', 'detach_segment', 'drop_segment']) {
      await without(name, async () => archiver.run(await order(all)));
      expect(await everything()).toEqual(before);
      expect(await verifyLog(log)).toMatchObject({ ok: true });
    }
    expect(await archiver.run(await order(all))).toEqual([{ from: 1, to: SEGMENT, done: 'dropped' }]);
    expect(await everything()).toEqual(before);
    expect(await eventsOfLog()).toEqual(['archived', 'detached', 'dropped'].map((done) => `log.segment-${done}.v1`));
  });

  it('before the copy was compared makes it again', async () => {
    await write(SEGMENT + 1);
    const { objects } = folder;
    let isBroken = true;
    const breaking = Object.assign(Object.create(objects) as typeof objects, {
      get: async (...args: Parameters<typeof objects.get>) => {
        if (isBroken) throw new Error('the power went');
        return objects.get(...args);
      },
    });
    const cutOff = new Archiver(log, breaking, folder.spool);
    await expect(cutOff.run(await order({ archive: true }))).rejects.toThrow('the power went');
    isBroken = false;
    expect(await eventsOfLog()).toEqual([]);
    expect(await cutOff.run(await order({ archive: true }))).toHaveLength(1);
  });

  it('makes a new copy where the one that the log tells of is gone', async () => {
    await write(SEGMENT + 1);
    await without('archive_segment', async () => archiver.run(await order({ archive: true })));
    for await (const { key } of folder.objects.list('archive/')) await folder.objects.remove(key);
    expect(await archiver.run(await order({ archive: true }))).toHaveLength(1);
    expect(await eventsOfLog()).toEqual(['log.segment-archived.v1', 'log.segment-archived.v1']);
    const [segment] = await segmentsOf(log.pool);
    expect(await folder.objects.stat(segment?.key ?? '')).toBeDefined();
  });
});
