import { execFile, spawnSync } from 'node:child_process';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SIZE = '128m';
const mounted = new Set();
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

/** Takes all the space that is left. */
export async function fillStore(folder) {
  const { bavail, bsize } = await statfs(folder);
  await run('fallocate', ['-l', String(bavail * bsize), filler(folder)]).catch(() => undefined);
}

export const freeStore = (folder) => rm(filler(folder), { force: true });

/** Nothing can be written any more; what is open for writing is refused as well. */
export const lockStore = (folder) => run('mount', ['-o', 'remount,ro', folder]).catch(() => undefined);

export const unlockStore = (folder) => run('mount', ['-o', 'remount,rw', folder]);
