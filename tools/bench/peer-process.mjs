import { fork } from 'node:child_process';
import { node } from '../setup/run-program.mjs';

/** A program of ours beside the receivers; it is asked one thing at a time. It ends when we do. */
export class PeerProcess {
  #child;

  /** @param execArgv words for Node itself */
  constructor(path, args = [], execArgv = []) {
    const stdio = ['ignore', 'ignore', 'inherit', 'ipc'];
    this.#child = fork(path, args, { execPath: node(), execArgv, stdio, detached: true });
  }

  get pid() {
    return this.#child.pid;
  }

  /** What it says next. */
  said() {
    return new Promise((resolve, reject) => {
      const ended = (code) => reject(new Error(`${this.#child.spawnargs.at(1)} ended: ${code}`));
      this.#child.once('exit', ended);
      this.#child.once('message', (message) => {
        this.#child.off('exit', ended);
        resolve(message);
      });
    });
  }

  async ask(step, request = {}) {
    const answer = this.said();
    this.#child.send({ step, ...request });
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(error);
    return result;
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#child.once('exit', resolve));
    if (this.#child.connected) this.#child.disconnect();
    await exited;
  }
}
