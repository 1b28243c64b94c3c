import { spawn } from 'node:child_process';

/**
 * Ends `pid` (SIGINT, a fast shutdown) when this process is gone, however it went: a shell waits on a pipe whose other end
 * only we hold. In a session of its own, so that a Ctrl-C in the terminal does not reach it.
 *
 * @returns calls the watch off
 */
export const endWithParent = (pid: number): (() => void) => {
  const script = 'read -r word; [ "$word" = released ] || kill -INT "$1"';
  const watcher = spawn('/bin/sh', ['-c', script, 'sh', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  return () => watcher.stdin.end('released\n');
};
