import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { seriesDecider, type StoreInstance } from '@waystation/domain';
import { CommandHandler, EventLog, migrate } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { openObjectStore, SpoolFolder, spoolWriters, type NewObject, type ObjectStore } from '@waystation/object-store';
import { exampleSeries, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdoptSpools } from './adopt-spools.js';
import { officeOfSpool, type HeldSpool } from './held-spool.js';
import { MoveSpooled } from './move-spooled.js';
import type { KeptObject } from './object-keeping.js';
import { OwnSpool } from './own-spool.js';
import { SpoolProgress } from './spool-progress.js';

const server = new pg.Client(process.env['WAYSTATION_TEST_POSTGRES_URL']);
const database = `spool_${randomUUID().replaceAll('-', '')}`;
const url = new URL(`/${database}`, process.env['WAYSTATION_TEST_POSTGRES_URL']).href;
const s3 = process.env['WAYSTATION_TEST_S3_URL'] ?? '';
const forever = new AbortController().signal;
const said: string[] = [];
let admin: pg.Client;
let log: EventLog;
let commands: CommandHandler;
let objects: ObjectStore;
let awayStore: ObjectStore;

beforeAll(async () => {
  await server.connect();
  await server.query(`create database ${database}`);
  await migrate(url);
  admin = new pg.Client(url);
  await admin.connect();
  log = await EventLog.open({ url, applicationName: 'spool-spec' });
  commands = new CommandHandler(log, 'ingest');
  objects = await openObjectStore(`${s3}&prefix=${randomUUID()}/`);
  awayStore = await openObjectStore('s3://a:b@127.0.0.1:1/bucket?tls=false', {}, () => undefined);
});
afterAll(async () => {
  await Promise.all([objects.close(), awayStore.close(), log.close(), admin.end()]);
  await server.query(`drop database ${database} with (force)`);
  await server.end();
});

let root: string;
let own: OwnSpool;
let image: SyntheticInstance;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waystation-spool-'));
  own = new OwnSpool(root, log.checkpoints, () => undefined);
  image = imagesOf(1)[0] as SyntheticInstance;
  said.length = 0;
});
afterEach(async () => {
  await own.close();
  await rm(root, { recursive: true, force: true });
});

const imagesOf = (count: number): readonly SyntheticInstance[] => syntheticSeries(count);
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const inMemory = ({ part10, dataSet }: SyntheticInstance): NewObject => ({
  sha256: hashOf(dataSet),
  size: part10.length,
  chunks: [part10.subarray(0, 200), part10.subarray(200)],
});
const command = ({ key, spool }: KeptObject, of: SyntheticInstance): StoreInstance => {
  const { seriesInstanceUid, studyInstanceUid, sopInstanceUid, sopClassUid, transferSyntaxUid, part10, dataSet } = of;
  const dataSetOffset = part10.length - dataSet.length;
  const object = { key, sha256: hashOf(dataSet), size: part10.length, dataSetOffset };
  return {
    ...exampleSeries.storeInstance(1),
    seriesInstanceUid,
    studyInstanceUid,
    instance: {
      sopInstanceUid,
      sopClassUid,
      transferSyntaxUid,
      object: { ...object, ...(spool === undefined ? {} : { spool }) },
    },
  };
};
const streamOf = (of: SyntheticInstance): string => streamName.series(of.seriesInstanceUid);
const receive = async (of: SyntheticInstance, object = inMemory(of)): Promise<KeptObject> => {
  const kept = await own.keep(object, of);
  await kept.writtenBy(() => commands.handle(seriesDecider, streamOf(of), command(kept, of)));
  return kept;
};
/** As another process would hold it that found it at this moment. */
const held = async (changes: Partial<HeldSpool> = {}): Promise<HeldSpool> => {
  const spool = await own.held();
  if (spool === undefined) throw new Error('nothing was spooled');
  return { ...spool, progress: new SpoolProgress(), ...changes };
};
const mover = (store = objects): MoveSpooled => new MoveSpooled(commands, store, (sentence) => said.push(sentence));
const typesOf = async (of: SyntheticInstance) => (await log.readStream(streamOf(of))).map(({ type }) => type);
const filesLeft = async (): Promise<readonly string[]> => (await held()).folder.files();
const letLeaseRunOut = (writer: string) =>
  admin.query(`update log.office set held_until = clock_timestamp() - interval '1 s' where name = $1`, [
    officeOfSpool(writer),
  ]);
const expectInStore = async (of: SyntheticInstance, { key }: KeptObject): Promise<void> => {
  expect((await buffer(await objects.get(key))).equals(of.part10)).toBe(true);
};

describe('What was spooled and written down', () => {
  it('moves to the object store byte by byte, one event for each series, and its file goes when it is settled', async () => {
    const [a, b] = [imagesOf(5), imagesOf(3)];
    const kept = await Promise.all([...a, ...b].map((one) => receive(one)));
    expect(await mover().empty(await held(), forever)).toBe(8);
    for (const [index, one] of [...a, ...b].entries()) await expectInStore(one, kept[index] as KeptObject);
    for (const series of [a, b]) {
      const events = await log.readStream(streamOf(series[0] as SyntheticInstance));
      expect(events.filter(({ type }) => type === 'objects.moved.v1')).toHaveLength(1);
      expect(events.at(-1)?.data).toMatchObject({ remaining: 0 });
      expect(events.at(-1)?.metadata.correlationid).toMatch(/^association\//);
    }
    expect(await filesLeft()).toHaveLength(1);
    await own.close();
    expect(await mover().empty(await held(), forever)).toBe(0);
    expect(await filesLeft()).toEqual([]);
  });

  it('moves as a large file as well', async () => {
    const path = join(root, 'large.part');
    const large = { ...image, part10: Buffer.concat([image.part10, Buffer.alloc(9_000_000, 7)]) };
    large.dataSet = large.part10.subarray(image.part10.length - image.dataSet.length);
    await writeFile(path, large.part10);
    const kept = await receive(large, { sha256: hashOf(large.dataSet), size: large.part10.length, path });
    expect(await mover().empty(await held(), forever)).toBe(1);
    await expectInStore(large, kept);
    expect(await filesLeft()).toEqual([]);
  });

  it('is written down once, however many move it at the same time', async () => {
    const series = imagesOf(20);
    const kept = await Promise.all(series.map((one) => receive(one)));
    const spools = await Promise.all([held(), held(), held()]);
    await Promise.all(spools.map((spool) => mover().empty(spool, forever)));
    for (const [index, one] of series.entries()) await expectInStore(one, kept[index] as KeptObject);
    const events = await log.readStream(streamOf(series[0] as SyntheticInstance));
    const moved = events.flatMap(({ type, data }) =>
      type === 'objects.moved.v1' ? (data as { objects: { sha256: string }[] }).objects : [],
    );
    expect(moved.map(({ sha256 }) => sha256).toSorted()).toEqual(series.map(({ dataSet }) => hashOf(dataSet)).toSorted());
  });

  it('stays where it is while the object store is away, and moves when it is back', async () => {
    const kept = await receive(image);
    await expect(mover(awayStore).empty(await held(), forever)).rejects.toMatchObject({
      code: 'object-store.unavailable',
    });
    expect(await typesOf(image)).not.toContain('objects.moved.v1');
    await own.close();
    expect(await mover().empty(await held(), forever)).toBe(1);
    await expectInStore(image, kept);
  });

  it('is not put into the object store with other bytes than came: somebody is told, and the file stays', async () => {
    const [first, second] = imagesOf(2) as [SyntheticInstance, SyntheticInstance];
    const place = await receive(first);
    await receive(second);
    await own.close();
    const { folder } = await held();
    const offset = Number(place.spool?.split('/').at(-1));
    const file = await open(join(root, folder.writer, '1.segment'), 'r+');
    await file.write(Buffer.from('XX'), 0, 2, offset + first.part10.length - 10);
    await file.close();
    expect(await mover().empty(await held(), forever)).toBe(1);
    expect(said[0]).toContain(`${first.seriesInstanceUid}_${first.sopInstanceUid}`);
    expect(await objects.stat(place.key)).toBeUndefined();
    expect(await filesLeft()).toEqual(['1.segment']);
  });

  it('is healed by the same object that comes again, where the spool was lost', async () => {
    const kept = await receive(image);
    await new SpoolFolder(root, (await held()).folder.writer).removeFolder();
    await own.close();
    await receive(image);
    expect(await mover().empty(await held(), forever)).toBe(1);
    await expectInStore(image, kept);
    expect(await typesOf(image)).toEqual([
      'series.opened.v1',
      'instance.stored.v1',
      'instance.duplicated.v1',
      'objects.moved.v1',
    ]);
  });
});

describe('What was spooled and not written down', () => {
  it('waits while it may still turn up in the log, and goes with its file when it cannot any more', async () => {
    const kept = await own.keep(inMemory(image), image);
    await expect(kept.writtenBy(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    await own.close();
    await mover().empty(await held(), forever);
    expect(await filesLeft()).toHaveLength(1);
    await mover().empty(await held({ isSettled: () => true }), forever);
    expect(await filesLeft()).toEqual([]);
    expect(await objects.stat(kept.key)).toBeUndefined();
  });

  it('is moved where it did turn up', async () => {
    const kept = await own.keep(inMemory(image), image);
    const late = commands.handle(seriesDecider, streamOf(image), command(kept, image));
    await expect(kept.writtenBy(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    await late;
    expect(await mover().empty(await held(), forever)).toBe(1);
    await expectInStore(image, kept);
  });
});

describe('The office of a spool', () => {
  const adopting = (checkpoints = log.checkpoints) => new AdoptSpools(root, checkpoints, (sentence) => said.push(sentence));

  it('is kept by a writer that lives', async () => {
    await receive(image);
    expect(await adopting().adopt()).toEqual([]);
  });

  it('goes to another when the writer is gone, who moves everything and clears the folder away', async () => {
    const kept = await receive(image);
    const { folder, office } = await held();
    await office.giveBack();
    const others = adopting();
    const [adopted] = await others.adopt();
    if (adopted === undefined) throw new Error('nothing was adopted');
    expect(adopted.progress.totals).toMatchObject({ objects: 1, bytes: image.part10.length });
    expect(await mover().empty(adopted, forever)).toBe(1);
    await expectInStore(image, kept);
    expect(await others.finish(adopted)).toBe(false);
    await mover().empty({ ...adopted, isSettled: () => true }, forever);
    expect(await others.finish(adopted)).toBe(true);
    expect(await spoolWriters(root)).toEqual([]);
    expect(await log.checkpoints.get(officeOfSpool(folder.writer))).toBe(0);
  });

  it('is not taken for what another log knows of', async () => {
    await receive(image);
    const { folder, office } = await held();
    await office.giveBack();
    await log.checkpoints.forget(officeOfSpool(folder.writer));
    const others = adopting();
    expect(await others.adopt()).toEqual([]);
    expect(await others.adopt()).toEqual([]);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain(folder.writer);
    expect(await filesLeft().catch(() => folder.files())).toHaveLength(1);
  });

  it('once lost lets nobody be told Success, and the next object begins another spool', async () => {
    const kept = await own.keep(inMemory(image), image);
    const { folder, office } = await held();
    const writing = kept.writtenBy(async () => {
      await vi.waitFor(
        async () => {
          await letLeaseRunOut(folder.writer);
          const [taken] = await adopting().adopt();
          expect(taken).toBeDefined();
        },
        { timeout: 20_000 },
      );
      await vi.waitFor(() => expect(office.held).toBe(false), { timeout: 20_000 });
    });
    await expect(writing).rejects.toMatchObject({ code: 'ingest.spool-lost' });
    await receive(image);
    expect((await held()).folder.writer).not.toBe(folder.writer);
  });
});
