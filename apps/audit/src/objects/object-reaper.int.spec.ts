import { buffer } from 'node:stream/consumers';
import { streamName, type ObjectsReaped } from '@waystation/events';
import { exampleJob } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeptObjects } from '../../test/kept-objects.js';

let kept: KeptObjects;
afterEach(() => kept.close());

const reapedEvents = async (): Promise<readonly ObjectsReaped['data'][]> =>
  (await kept.audited.log.readStream(streamName.reaper)).map(({ data }) => data as ObjectsReaped['data']);

const bytesOf = async (key: string): Promise<Buffer> => buffer(await kept.objects.get(key));

/** The copy of a seal, as one of another log would lie there. */
const strangeSeal = { from: 1, to: 7, root: 'a'.repeat(64), previous: '0'.repeat(64), seal: 'b'.repeat(64), marks: '' };

describe.each(['files', 'S3'] as const)('What no event names, in %s', (substrate) => {
  beforeEach(async () => {
    kept = await KeptObjects.open(substrate);
  });

  it('goes wherever it lies, is written down, and nothing else goes', async () => {
    const [named, unnamed] = [await kept.keep(), await kept.keep()];
    await kept.name(named);
    const strays = ['archive/log/1-2-ab.ndjson.gz', 'quarantine/ab/ab.dcm', 'objects/ab/ab.dcm', 'derived/job/1/a.dcm'];
    for (const key of [...strays, 'elsewhere/1']) await kept.objects.put(key, Buffer.alloc(10));
    expect(await kept.reap({ dryRun: true })).toEqual({ dryRun: true, count: 5, bytes: 2040, back: [] });
    expect(await kept.keys()).toHaveLength(7);
    expect(await reapedEvents()).toEqual([]);

    expect(await kept.reap()).toEqual({ dryRun: false, count: 5, bytes: 2040, back: [] });
    expect([...(await kept.keys())].sort()).toEqual(['elsewhere/1', named.key].sort());
    expect(await kept.hashOf(named.key)).toBe(named.sha256);
    const [event, ...more] = await reapedEvents();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ count: 5, bytes: 2040 });
    expect(event?.objects.map(({ key }) => key).sort()).toEqual([...strays, unnamed.key].sort());
    expect(await kept.reap()).toMatchObject({ count: 0 });
    expect(await reapedEvents()).toHaveLength(1);
  });

  it('stays while it is young, and where a job that goes on may still name it', async () => {
    const mine = ['derived/goes-on/2/a.dcm', 'derived/goes-on/1/b.dcm'];
    for (const key of mine) await kept.objects.put(key, Buffer.alloc(10));
    await kept.append(
      streamName.job('goes-on'),
      exampleJob.requested(),
      exampleJob.started(1),
      exampleJob.failed(1),
      exampleJob.started(2),
    );
    expect(await kept.reap({ olderThanMs: 3_600_000 })).toMatchObject({ count: 0 });
    expect(await kept.keys()).toHaveLength(2);
    expect(await kept.reap()).toMatchObject({ count: 1 });
    expect(await kept.keys()).toEqual(['derived/goes-on/2/a.dcm']);
    await kept.append(streamName.job('goes-on'), exampleJob.failed(2));
    expect(await kept.reap()).toMatchObject({ count: 1 });
    expect(await kept.keys()).toEqual([]);
  });

  it('comes back bit by bit where it is received in the very moment in which it goes', async () => {
    const { sha256, size, dataSetOffset, key: there } = await kept.keep();
    const key = `objects/ab/${sha256}.dcm`;
    await kept.objects.put(key, await bytesOf(there));
    await kept.aside.remove([key]);
    expect(await kept.objects.stat(key)).toBeUndefined();
    await kept.name({ key, sha256, size, dataSetOffset });
    expect(await kept.reap()).toMatchObject({ back: [key] });
    expect(await kept.hashOf(key)).toBe(sha256);
    expect((await kept.keys()).filter((one) => one.startsWith('reaped/'))).toEqual([]);
  });

  it('goes with the next run where one was cut off while its bytes waited', async () => {
    await kept.objects.put('quarantine/ab/ab.dcm', Buffer.alloc(10));
    await kept.aside.remove(['quarantine/ab/ab.dcm']);
    expect(await kept.keys()).toEqual(['reaped/quarantine/ab/ab.dcm']);
    expect(await kept.reap()).toEqual({ dryRun: false, count: 0, bytes: 0, back: [] });
    expect(await kept.keys()).toEqual([]);
  });

  it('stays where the store has seals that the log does not have', async () => {
    const unnamed = await kept.keep();
    await kept.objects.put(
      'seals/0000000000000000007.json',
      Buffer.from(JSON.stringify({ ...strangeSeal, signature: null })),
    );
    await expect(kept.reap()).rejects.toMatchObject({ code: 'objects.other-log' });
    expect(await kept.hashOf(unnamed.key)).toBe(unnamed.sha256);
  });

  it('is left alone while another process is at it', async () => {
    const office = await kept.audited.log.checkpoints.take('store-reaper');
    await expect(kept.reap()).rejects.toMatchObject({ code: 'objects.reaping-elsewhere' });
    await office?.giveBack();
    expect(await kept.reap()).toMatchObject({ count: 0 });
  });
});
