import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What Postgres writes about itself into its data folder. */
export interface PostmasterPid {
  readonly pid: number;
  /** True once it takes connections. */
  readonly ready: boolean;
}

/** Reads `postmaster.pid`: line 1 is the pid, line 8 the status. */
export async function readPostmasterPid(dataFolder: string): Promise<PostmasterPid | undefined> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
}

/** True while this process is a live Postgres server on that folder, and not one that got its pid later. */
export async function isPostmasterOf(pid: number, dataFolder: string): Promise<boolean> {
  const command = await commandLine(pid);
  return command.includes('postgres') && command.includes(` -D ${dataFolder} `);
}

/** Words joined by spaces; empty for a process that is gone, also when nobody has collected it yet. */
const commandLine = async (pid: number): Promise<string> => {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
};
