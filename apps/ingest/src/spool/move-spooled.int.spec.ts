import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seriesDecider } from '@waystation/domain';
import { openObjectStore, SpoolFolder, type ObjectStore } from '@waystation/object-store';
import { syntheticInstance, syntheticSeries, type SyntheticInstance } from '@waystation/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, inMemory, SpoolUnderTest, storeCommand, streamOf } from '../../test/spool-under-test.js';
import type { KeptObject } from './object-keeping.js';

let awayStore: ObjectStore;
beforeAll(async () => {
  awayStore = await openObjectStore('s3://a:b@127.0.0.1:1/bucket?tls=false', {}, () => undefined);
});
afterAll(() => awayStore.close());

let spool: SpoolUnderTest;
let image: SyntheticInstance;
beforeEach(async () => {
  spool = await SpoolUnderTest.open();
  image = syntheticInstance();
});
afterEach(() => spool.close());

describe('What was spooled and written down', () => {
  it('moves to the object store byte by byte, one event for each series, and its file goes when it is settled', async () => {
    const [a, b] = [syntheticSeries(5), syntheticSeries(3)];
    const kept = await Promise.all([...a, ...b].map((one) => spool.receive(one)));
    expect(await spool.empty(await spool.held())).toBe(8);
    for (const [index, one] of [...a, ...b].entries()) await spool.expectInStore(one, kept[index] as KeptObject);
    for (const series of [a, b]) {
      const events = await spool.log.readStream(streamOf(series[0] as SyntheticInstance));
      expect(events.filter(({ type }) => type === 'objects.moved.v1')).toHaveLength(1);
      expect(events.at(-1)?.data).toMatchObject({ remaining: 0 });
      expect(events.at(-1)?.metadata.correlationid).toMatch(/^association\//);
    }
    expect(await spool.filesLeft()).toHaveLength(1);
    await spool.own.close();
    expect(await spool.empty(await spool.held())).toBe(0);
    expect(await spool.filesLeft()).toEqual([]);
  });

  it('moves as a large file as well', async () => {
    const path = join(spool.root, 'large.part');
    const large = { ...image, part10: Buffer.concat([image.part10, Buffer.alloc(9_000_000, 7)]) };
    large.dataSet = large.part10.subarray(image.part10.length - image.dataSet.length);
    await writeFile(path, large.part10);
    const kept = await spool.receive(large, { sha256: hashOf(large.dataSet), size: large.part10.length, path });
    expect(await spool.empty(await spool.held())).toBe(1);
    await spool.expectInStore(large, kept);
    expect(await spool.filesLeft()).toEqual([]);
  });

  it('is written down once, however many move it at the same time', async () => {
    const series = syntheticSeries(20);
    const kept = await Promise.all(series.map((one) => spool.receive(one)));
    const spools = await Promise.all([spool.held(), spool.held(), spool.held()]);
    await Promise.all(spools.map((one) => spool.empty(one)));
    for (const [index, one] of series.entries()) await spool.expectInStore(one, kept[index] as KeptObject);
    const events = await spool.log.readStream(streamOf(series[0] as SyntheticInstance));
    const moved = events.flatMap(({ type, data }) =>
      type === 'objects.moved.v1' ? (data as { objects: { sha256: string }[] }).objects : [],
    );
    expect(moved.map(({ sha256 }) => sha256).toSorted()).toEqual(
      series.map(({ dataSet }) => hashOf(dataSet)).toSorted(),
    );
  });

  it('stays where it is while the object store is away, and moves when it is back', async () => {
    const kept = await spool.receive(image);
    await expect(spool.empty(await spool.held(), awayStore)).rejects.toMatchObject({
      code: 'object-store.unavailable',
    });
    expect(await spool.typesOf(image)).not.toContain('objects.moved.v1');
    await spool.own.close();
    expect(await spool.empty(await spool.held())).toBe(1);
    await spool.expectInStore(image, kept);
  });

  it('is not put into the object store with other bytes than came: somebody is told, and the file stays', async () => {
    const [first, second] = syntheticSeries(2) as [SyntheticInstance, SyntheticInstance];
    const place = await spool.receive(first);
    await spool.receive(second);
    await spool.own.close();
    const { folder } = await spool.held();
    const offset = Number(place.spool?.split('/').at(-1));
    const file = await open(join(spool.root, folder.writer, '1.segment'), 'r+');
    await file.write(Buffer.from('XX'), 0, 2, offset + first.part10.length - 10);
    await file.close();
    expect(await spool.empty(await spool.held())).toBe(1);
    expect(spool.said[0]).toContain(`${first.seriesInstanceUid}_${first.sopInstanceUid}`);
    expect(await spool.objects.stat(place.key)).toBeUndefined();
    expect(await spool.filesLeft()).toEqual(['1.segment']);
  });

  it('is healed by the same object that comes again, where the spool was lost', async () => {
    const kept = await spool.receive(image);
    await new SpoolFolder(spool.root, (await spool.held()).folder.writer).removeFolder();
    await spool.own.close();
    await spool.receive(image);
    expect(await spool.empty(await spool.held())).toBe(1);
    await spool.expectInStore(image, kept);
    expect(await spool.typesOf(image)).toEqual([
      'series.opened.v1',
      'instance.stored.v1',
      'instance.duplicated.v1',
      'objects.moved.v1',
    ]);
  });
});

describe('What was spooled and not written down', () => {
  it('waits while it may still turn up in the log, and goes with its file when it cannot any more', async () => {
    const kept = await spool.own.keep(inMemory(image), image);
    await expect(kept.writtenBy(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    await spool.own.close();
    await spool.empty(await spool.held());
    expect(await spool.filesLeft()).toHaveLength(1);
    await spool.empty(await spool.held({ isSettled: () => true }));
    expect(await spool.filesLeft()).toEqual([]);
    expect(await spool.objects.stat(kept.key)).toBeUndefined();
  });

  it('is moved where it did turn up', async () => {
    const kept = await spool.own.keep(inMemory(image), image);
    const late = spool.commands.handle(seriesDecider, streamOf(image), storeCommand(kept, image));
    await expect(kept.writtenBy(() => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
    await late;
    expect(await spool.empty(await spool.held())).toBe(1);
    await spool.expectInStore(image, kept);
  });
});
