import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, readlink, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CodedError } from '@waystation/kernel';

/** How often the holder shows that it lives. */
const HEARTBEAT_MS = 5_000;
/** A holder that cannot be looked up, because it lives in another container, is gone after so long without a sign. */
const SILENCE_MS = 20_000;
/** Between two looks while another start removes an abandoned lock. */
const GUARD_PAUSE_MS = 10;

/**
 * Makes sure that one process works on a data folder. A lock whose process is gone is taken over: neither a crash nor a
 * reused process number keeps the next start away.
 * @returns gives the folder back
 * @throws CodedError `standalone.already-running`
 */
export const lockDataFolder = async (folder: string): Promise<() => Promise<void>> => {
  const path = join(folder, 'waystation.lock');
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, await identityOf(process.pid), { mode: 0o600 });
  try {
    // A link fails where the name is taken, so that of two that start at once one wins.
    while (!(await linked(draft, path))) {
      const held = await readFile(path, 'utf8').catch(() => '');
      if (held !== '' && (await isHeld(path, held))) {
        const message = `process ${held.split(' ', 1)[0] ?? ''} already works on ${folder}; stop it first, or choose another folder with WAYSTATION_DATA`;
        throw new CodedError('standalone.already-running', message);
      }
      await removeAbandoned(path, held);
    }
  } finally {
    await rm(draft, { force: true });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  return async () => {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  };
};

const linked = async (from: string, to: string): Promise<boolean> => {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Removes a lock that nobody holds, if it still is the one that was looked at: where another start was faster, it is that
 * one's by now. One at a time looks and removes, behind a folder that only one can make.
 */
const removeAbandoned = async (path: string, abandoned: string): Promise<void> => {
  const guard = `${path}.guard`;
  if (!(await made(guard))) {
    await pause(GUARD_PAUSE_MS);
    if (await isSilent(guard)) await rmdir(guard).catch(() => undefined);
    return;
  }
  try {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === abandoned) await rm(path, { force: true });
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
};

const made = (folder: string): Promise<boolean> =>
  mkdir(folder).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    },
  );

/** Whether it is gone, or nobody has touched it for so long that whoever made it is. */
const isSilent = async (path: string): Promise<boolean> => {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || Date.now() - found.mtimeMs >= SILENCE_MS;
};

const isHeld = async (path: string, held: string): Promise<boolean> => {
  const [pid = '', , namespace = ''] = held.trim().split(' ');
  if (namespace === (await namespaceOfProcesses())) return held === (await identityOf(Number(pid)));
  return !(await isSilent(path));
};

/**
 * A process number, when that process started (proc(5), field 22 of `stat`) and the namespace in which the number means
 * something. Where there is no /proc the number has to do.
 */
const identityOf = async (pid: number): Promise<string> => {
  if (!isRunning(pid)) return '';
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const start = text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '-';
  return `${pid} ${start} ${await namespaceOfProcesses()}\n`;
};

const namespaceOfProcesses = (): Promise<string> => readlink('/proc/self/ns/pid').catch(() => '-');

const isRunning = (pid: number): boolean => {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
