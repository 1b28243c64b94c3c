import { describe, expect, it } from 'vitest';
import { GroupSync } from './group-sync.js';

describe('GroupSync', () => {
  it('never counts a sync for somebody who came after it began', async () => {
    let written = 0;
    let durable = 0;
    let syncs = 0;
    const group = new GroupSync(async () => {
      syncs++;
      const begun = written;
      await new Promise((resolve) => setTimeout(resolve, 1));
      durable = begun;
    });
    const writer = async (): Promise<void> => {
      for (let i = 0; i < 20; i++) {
        const mine = ++written;
        await group.settled();
        expect(durable).toBeGreaterThanOrEqual(mine);
        await new Promise((resolve) => setTimeout(resolve, i % 3));
      }
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    expect(syncs).toBeLessThan(160);
  });

  it('fails for all who waited, and works again', async () => {
    let fail = true;
    const group = new GroupSync(() => (fail ? Promise.reject(new Error('EIO')) : Promise.resolve()));
    const outcomes = await Promise.allSettled([group.settled(), group.settled(), group.settled()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    fail = false;
    await Promise.all([group.settled(), group.settled()]);
  });
});
