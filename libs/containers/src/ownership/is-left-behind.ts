import type { Owner } from './owner.js';

/**
 * Whether what that owner made has nobody any more: it lived on this host, and its process is no more. A process in a
 * container has the same number in each life: whoever had mine is gone.
 *
 * @param isAlive whether a process of this host has that number
 */
export const isLeftBehind = (owner: Owner, me: Owner, isAlive: (pid: number) => boolean): boolean =>
  owner.host === me.host && owner.life !== me.life && (owner.pid === me.pid || !isAlive(owner.pid));

/** Whether a process of this machine has that number, whoever's it is. */
export const isProcessAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
