import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';

const binaries = join(root, 'node_modules/.bin');
/** Where Node 22 and newer keep what they compiled: beside what it was compiled from, so that nobody else can write there. */
const compiled = join(root, 'node_modules/.cache/node');
/** One Ctrl-C reaches us from the terminal and again from npm. */
const echoMs = 1000;

/** The Node that came with the packages (24), or the one that runs this where there is none for the platform. */
export const node = () => (existsSync(join(binaries, 'node')) ? join(binaries, 'node') : process.execPath);

/**
 * Runs a program at the root of the repository with our output, and resolves to its exit code. It leads a process group of
 * its own, so that signals reach it through us alone, and each only once.
 */
export function runProgram(command, args, env = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { NODE_COMPILE_CACHE: compiled, ...process.env, ...env, PATH: `${binaries}:${process.env.PATH}` },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(stopForwarding);
}

function forwardSignals(child) {
  let forwardedAt = -Infinity;
  const forward = (signal) => {
    if (performance.now() - forwardedAt < echoMs) return;
    forwardedAt = performance.now();
    // The child has no terminal: to it, a closed one means that it shall end.
    process.kill(-child.pid, signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}
