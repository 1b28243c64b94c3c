import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@waystation/kernel';

/**
 * Makes sure that one process works on a data folder. A lock whose process is gone is taken over: neither a crash nor a
 * reused process number keeps the next start away.
 * @returns gives the folder back
 * @throws CodedError `standalone.already-running`
 */
export const lockDataFolder = async (folder: string): Promise<() => Promise<void>> => {
  const path = join(folder, 'waystation.lock');
  const mine = `${process.pid} ${await startOf(process.pid)}\n`;
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    // A link fails where the name is taken, so that of two that start at once one wins.
    while (!(await claimed(draft, path))) {
      const holder = await holderOf(path);
      if (holder !== undefined) {
        const message = `process ${holder} already works on ${folder}; stop it first, or choose another folder with WAYSTATION_DATA`;
        throw new CodedError('standalone.already-running', message);
      }
      await rm(path, { force: true });
    }
  } finally {
    await rm(draft, { force: true });
  }
  return () => rm(path, { force: true });
};

const claimed = async (draft: string, path: string): Promise<boolean> => {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/** The process that holds the lock, where it still runs. */
const holderOf = async (path: string): Promise<number | undefined> => {
  const [pid = '', start = ''] = (await readFile(path, 'utf8').catch(() => '')).trim().split(' ');
  const holder = Number(pid);
  if (!Number.isInteger(holder) || holder <= 0 || !isRunning(holder)) return undefined;
  return (await startOf(holder)) === start ? holder : undefined;
};

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** When a process started, in the kernel's ticks (proc(5), field 22); `-` where there is no /proc. */
const startOf = async (pid: number): Promise<string> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
};
