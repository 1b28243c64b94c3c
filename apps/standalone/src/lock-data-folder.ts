import { link, readFile, readlink, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '@waystation/kernel';

/** How often the holder shows that it lives. */
const HEARTBEAT_MS = 5_000;
/** A holder that cannot be looked up, because it lives in another container, is gone after so long without a sign. */
const SILENCE_MS = 20_000;

/**
 * Makes sure that one process works on a data folder. A lock whose process is gone is taken over: neither a crash nor a
 * reused process number keeps the next start away.
 * @returns gives the folder back
 * @throws CodedError `standalone.already-running`
 */
export const lockDataFolder = async (folder: string): Promise<() => Promise<void>> => {
  const path = join(folder, 'waystation.lock');
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, await identityOf(process.pid), { mode: 0o600 });
  try {
    // A link fails where the name is taken, so that of two that start at once one wins.
    while (!(await linked(draft, path))) {
      const held = await readFile(path, 'utf8').catch(() => '');
      if (held !== '' && (await isHeld(path, held))) {
        const message = `process ${held.split(' ', 1)[0] ?? ''} already works on ${folder}; stop it first, or choose another folder with WAYSTATION_DATA`;
        throw new CodedError('standalone.already-running', message);
      }
      await putAside(path, held, `${draft}.old`);
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

/** Takes a lock away that nobody holds; where another start was faster, what was taken is its new lock, and goes back. */
const putAside = async (path: string, abandoned: string, aside: string): Promise<void> => {
  await rename(path, aside).catch(() => undefined);
  const taken = await readFile(aside, 'utf8').catch(() => abandoned);
  if (taken !== abandoned) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
};

const isHeld = async (path: string, held: string): Promise<boolean> => {
  const [pid = '', , namespace = ''] = held.trim().split(' ');
  if (namespace === (await namespaceOfProcesses())) return held === (await identityOf(Number(pid)));
  const { mtimeMs } = await stat(path);
  return Date.now() - mtimeMs < SILENCE_MS;
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
