import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataFolder } from './lock-data-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const already = expect.objectContaining({ code: 'standalone.already-running' }) as Error;
const lockOf = (text: string): Promise<void> => writeFile(join(folder, 'waystation.lock'), text);

describe('The lock of a data folder', () => {
  it('is held by one, and free again when it is given back', async () => {
    const release = await lockDataFolder(folder);
    await expect(lockDataFolder(folder)).rejects.toThrow(already);
    await release();
    await (
      await lockDataFolder(folder)
    )();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['999999999 1 pid:[1]\n', `${process.pid} 1 pid:[1]\n`, 'nonsense', ''])(
    'is taken over from a process that is gone: %j',
    async (left) => {
      await lockOf(left);
      const longAgo = new Date(Date.now() - 60_000);
      await utimes(join(folder, 'waystation.lock'), longAgo, longAgo);
      await (
        await lockDataFolder(folder)
      )();
    },
  );

  it('is not taken from a process of another container that showed a sign of life', async () => {
    await lockOf('1 1 pid:[1]\n');
    await expect(lockDataFolder(folder)).rejects.toThrow(already);
  });

  it('goes to one of many that start at once over an abandoned lock', async () => {
    await lockOf('999999999 1 nowhere\n');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(join(folder, 'waystation.lock'), longAgo, longAgo);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataFolder(folder)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toEqual(already);
    expect(await readdir(folder)).toEqual(['waystation.lock']);
  });

  it('is taken over also where an earlier start crashed while it took it over', async () => {
    await lockOf('999999999 1 nowhere\n');
    const guard = join(folder, 'waystation.lock.guard');
    await mkdir(guard);
    const longAgo = new Date(Date.now() - 60_000);
    for (const path of [join(folder, 'waystation.lock'), guard]) await utimes(path, longAgo, longAgo);
    const release = await lockDataFolder(folder);
    await release();
    expect(await readdir(folder)).toEqual([]);
  });
});
