import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const TERMINATION_MS = 15_000;
const REMEMBERED = 2000;

/** A program that runs until it is stopped, with its children in a process group of its own. */
export class Program {
  #child;
  #output = '';

  constructor(command, args, { env = {}, cwd } = {}) {
    this.#child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => (this.#output = (this.#output + chunk).slice(-REMEMBERED)));
    }
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve(signal ?? code));
      this.#child.once('error', (error) => resolve(error.message));
    });
  }

  get pid() {
    return this.#child.pid;
  }

  /** The last it said. */
  get output() {
    return this.#output.trim();
  }

  /** Rejects when the program ends by itself. */
  async fails() {
    const how = await this.exited;
    throw new Error(`ended (${how}): ${this.output.slice(-500)}`);
  }

  async stop() {
    if (this.pid === undefined) return;
    signal(this.pid, 'SIGTERM');
    await Promise.race([this.exited, delay(TERMINATION_MS, undefined, { ref: false })]);
    signal(-this.pid, 'SIGKILL');
    await this.exited;
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}
