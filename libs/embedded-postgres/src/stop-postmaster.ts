import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '@waystation/kernel';
import { isPostmasterOf } from './postmaster-pid.js';

/** How long Postgres may take for its last checkpoint before it is killed; its own log then brings everything back. */
const graceMs = 10_000;
const pollMs = 20;

/** Ends the server on that folder by fast shutdown: clients are disconnected, nothing committed is lost. */
export async function stopPostmaster(pid: number, dataFolder: string): Promise<void> {
  for (let waited = 0; await isPostmasterOf(pid, dataFolder); waited += pollMs) {
    if (waited === 0) signal(pid, 'SIGINT');
    if (waited === graceMs) signal(pid, 'SIGKILL');
    await sleep(pollMs);
  }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
};
