import { spoolWriters } from '@waystation/object-store';
import { syntheticInstance, type SyntheticInstance } from '@waystation/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inMemory, SpoolUnderTest } from '../../test/spool-under-test.js';
import { officeOfSpool } from './held-spool.js';

let spool: SpoolUnderTest;
let image: SyntheticInstance;
beforeEach(async () => {
  spool = await SpoolUnderTest.open();
  image = syntheticInstance();
});
afterEach(() => spool.close());

describe('The office of a spool', () => {
  it('is kept by a writer that lives', async () => {
    await spool.receive(image);
    expect(await spool.adopting().adopt()).toEqual([]);
  });

  it('goes to another when the writer is gone, who moves everything and clears the folder away', async () => {
    const kept = await spool.receive(image);
    const { folder, office } = await spool.held();
    await office.giveBack();
    const others = spool.adopting();
    const [adopted] = await others.adopt();
    if (adopted === undefined) throw new Error('nothing was adopted');
    expect(adopted.progress.totals).toMatchObject({ objects: 1, bytes: image.part10.length });
    expect(await spool.empty(adopted)).toBe(1);
    await spool.expectInStore(image, kept);
    expect(await others.finish(adopted)).toBe(true);
    expect(await spoolWriters(spool.root)).toEqual([]);
    expect(await spool.log.checkpoints.get(officeOfSpool(folder.writer))).toBe(0);
  });

  it('is held until what the log does not know cannot turn up there any more', async () => {
    await spool.own.keep(inMemory(image), image);
    await (await spool.held()).office.giveBack();
    const others = spool.adopting();
    const [adopted] = await others.adopt();
    if (adopted === undefined) throw new Error('nothing was adopted');
    expect(await spool.empty(adopted)).toBe(0);
    expect(await others.finish(adopted)).toBe(false);
    await spool.empty({ ...adopted, isSettled: () => true });
    expect(await others.finish(adopted)).toBe(true);
  });

  it('is not taken for what another log knows of', async () => {
    await spool.receive(image);
    const { folder, office } = await spool.held();
    await office.giveBack();
    await spool.log.checkpoints.forget(officeOfSpool(folder.writer));
    const others = spool.adopting();
    expect(await others.adopt()).toEqual([]);
    expect(await others.adopt()).toEqual([]);
    expect(spool.said).toHaveLength(1);
    expect(spool.said[0]).toContain(folder.writer);
    expect(await folder.files()).toHaveLength(1);
  });

  it('once lost lets nobody be told Success, and the next object begins another spool', async () => {
    const kept = await spool.own.keep(inMemory(image), image);
    const { folder, office } = await spool.held();
    const writing = kept.writtenBy(async () => {
      await vi.waitFor(
        async () => {
          await spool.letLeaseRunOut(folder.writer);
          const [taken] = await spool.adopting().adopt();
          expect(taken).toBeDefined();
        },
        { timeout: 20_000 },
      );
      await vi.waitFor(() => expect(office.held).toBe(false), { timeout: 20_000 });
    });
    await expect(writing).rejects.toMatchObject({ code: 'ingest.spool-lost' });
    await spool.receive(image);
    expect((await spool.held()).folder.writer).not.toBe(folder.writer);
  });
});
