import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { adoptProcessGroup } from './reaper.js';

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  /** Takes standard output and error. */
  readonly logFile: string;
}

/** A server of ours: leads its own process group, writes to a log file and ends with the test run. */
export class SupervisedProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly pid: number,
    private readonly options: ProcessOptions,
  ) {}

  static async start(options: ProcessOptions): Promise<SupervisedProcess> {
    const log = await open(options.logFile, 'a');
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const spawned = once(child, 'spawn');
    await log.close();
    await spawned;
    child.unref();
    const pid = child.pid ?? 0;
    adoptProcessGroup(pid);
    return new SupervisedProcess(child, pid, options);
  }

  /** Waits until `isReady` says so; fails with the end of the log when the process ends or takes too long. */
  async until(isReady: () => Promise<boolean>, timeoutMs: number): Promise<this> {
    for (let waited = 0; !(await isReady()); waited += 50) {
      if (this.hasExited) throw new Error(`${this.options.name} ended before it was ready. ${await this.lastWords()}`);
      if (waited >= timeoutMs) {
        throw new Error(`${this.options.name} was not ready after ${timeoutMs / 1000} s. ${await this.lastWords()}`);
      }
      await sleep(50);
    }
    return this;
  }

  /** To the whole group. */
  signal(name: NodeJS.Signals): void {
    process.kill(-this.pid, name);
  }

  /** SIGKILL, and waits until it is gone. Safe to call twice. */
  async kill(): Promise<void> {
    if (this.hasExited) return;
    const exited = once(this.child, 'exit');
    this.child.ref();
    this.signal('SIGKILL');
    await exited;
  }

  private get hasExited(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  private async lastWords(): Promise<string> {
    const log = await readFile(this.options.logFile, 'utf8');
    return `Its log ends: ${log.trim().split('\n').slice(-15).join('\n')}`;
  }
}
