import { execFile, spawnSync } from 'node:child_process';
import { rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Room for all runs of a system. */
const SIZE = '256m';
const LITTLE = 65_536;
const TRIES = 50;
const mounted = new Set();
/** Over which there is another mount, which nothing can be written to. */
const covered = new Set();
process.on('exit', () => {
  for (const folder of mounted) spawnSync('umount', ['-l', folder]);
});
const filler = (folder) => join(folder, '.filler');

/** Puts a file system of its own, in memory and of a fixed size, where objects go. @returns whether this machine lets us */
export const mountStore = (folder) =>
  run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder]).then(
    () => mounted.add(folder).has(folder),
    () => false,
  );

export async function unmountStore(folder) {
  await run('umount', ['-l', folder]);
  mounted.delete(folder);
}

/** Takes all the space that is left. @returns whether nothing more can be written */
export async function fillStore(folder) {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < LITTLE) return true;
    // Who writes meanwhile takes some of it, and then none is given; what is there already stays.
    const { size = 0 } = await stat(filler(folder)).catch(() => ({}));
    await run('fallocate', ['-l', String(size + bavail * bsize), filler(folder)]).catch(() => undefined);
  }
  return false;
}

export const freeStore = (folder) => rm(filler(folder), { force: true });

/**
 * Nothing can be written any more. A file system on which a file is open for writing does not let that happen to it; then it is so
 * for every file that is opened from now on.
 * @returns whether it happened
 */
export const lockStore = (folder) =>
  run('mount', ['-o', 'remount,ro', folder])
    .catch(async () => {
      await run('mount', ['--bind', folder, folder]);
      covered.add(folder);
      await run('mount', ['-o', 'remount,bind,ro', folder]);
    })
    .then(
      () => true,
      () => false,
    );

export const unlockStore = (folder) =>
  covered.delete(folder) ? run('umount', ['-l', folder]) : run('mount', ['-o', 'remount,rw', folder]);
