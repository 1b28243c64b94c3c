import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * A folder of this process for what is on its way to the object store, below one of this machine. What processes left there
 * that are gone is removed.
 */
export const openWorkFolder = async (root: string): Promise<string> => {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const ours = `${hostname()}-`;
  for (const name of await readdir(root)) {
    const pid = Number(name.slice(ours.length));
    if (name.startsWith(ours) && !isRunning(pid)) await rm(join(root, name), { recursive: true, force: true });
  }
  return join(root, `${ours}${process.pid}`);
};

const isRunning = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
