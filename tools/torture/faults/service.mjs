import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { node } from '../../setup/run-program.mjs';
import { root } from '../../setup/root.mjs';

const inService = new URL('in-service.mjs', import.meta.url).href;
/** A slow machine that starts ten of them at once. */
const START_MS = 240_000;
const STOP_MS = 20_000;
/** How soon a supervisor starts again what ended by itself. */
const AGAIN_MS = 500;
/** What is written where something went wrong that nobody foresaw. */
const FAULT =
  /uncaught|unhandled|TypeError|RangeError|ReferenceError|AssertionError|heap out of memory|FATAL ERROR|MaxListenersExceeded/;

/** A process of Waystation with a supervisor, as systemd or Kubernetes would be: what ends is started again. */
export class Service {
  output = '';
  /** How often it ended without being told. */
  endedByItself = [];
  #child;
  #wanted = true;
  #killed = false;
  #ready = false;
  #from = 0;

  /** @param of name, entry (the app's), env, ready (what it says when it is) */
  constructor(of) {
    Object.assign(this, of);
  }

  start() {
    this.#killed = false;
    this.#ready = false;
    const from = (this.#from = this.output.length);
    const child = spawn(node(), ['--import', inService, join(root, 'apps', this.entry, 'dist/main.js')], {
      cwd: this.env.WAYSTATION_DATA,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (this.output += chunk));
    child.on('error', () => undefined);
    child.once('exit', (code, signal) => void this.#ended(from, signal ?? code));
    return this.ready();
  }

  /** Waits until it works, started again or not. */
  async ready() {
    for (const deadline = Date.now() + START_MS; !this.isReady; await delay(25))
      if (Date.now() > deadline) throw new Error(`${this.name} did not start:\n${this.output.slice(-3_000)}`);
  }

  get pid() {
    return this.#child.pid;
  }

  get isReady() {
    if (!this.#lives) return false;
    this.#ready ||= this.readyPattern.test(this.output.slice(this.#from));
    return this.#ready;
  }

  /** The first line that tells of what nobody foresaw. */
  get fault() {
    return this.output.split('\n').find((line) => FAULT.test(line));
  }

  /** Ends it as a power cut would; it is started again after a while. @returns whether it lived */
  kill(restartMs) {
    if (!this.#lives) return false;
    this.#killed = true;
    this.restartMs = restartMs;
    return this.#child.kill('SIGKILL');
  }

  /** Has it drain, and starts it again. @returns whether it was there to be stopped */
  async restart() {
    if (!this.isReady) return false;
    this.#killed = true;
    this.restartMs = 0;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
    return true;
  }

  /** @returns whether it lived */
  pause() {
    return this.#lives && this.#child.kill('SIGSTOP');
  }

  resume() {
    if (this.#lives) this.#child.kill('SIGCONT');
  }

  /** @param aheadMs of the true time @returns whether it was there to be told */
  setClock(aheadMs) {
    return this.#tell({ ask: 'clock', aheadMs });
  }

  /** @param slowMs that each write to a file takes longer @returns whether it was there to be told */
  setDisk(slowMs) {
    return this.#tell({ ask: 'disk', slowMs });
  }

  /** What it holds; undefined where it does not say. */
  async measure() {
    if (!this.isReady) return undefined;
    const child = this.#child;
    const held = new Promise((resolve) => {
      // A service may have something else to say.
      const hear = (message) => {
        if (message?.held === undefined) return;
        child.off('message', hear);
        resolve(message.held);
      };
      child.on('message', hear);
    });
    child.send({ ask: 'measure' });
    const answer = await Promise.race([held, delay(5_000, undefined, { ref: false })]);
    return answer && { pid: child.pid, held: answer };
  }

  async stop() {
    this.#wanted = false;
    if (!this.#lives) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    this.#child.kill('SIGCONT');
    const insist = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(insist);
  }

  get #lives() {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  #tell(message) {
    const hears = this.isReady && this.#child.connected;
    if (hears) this.#child.send(message);
    return hears;
  }

  async #ended(from, how) {
    const wasReady = this.readyPattern.test(this.output.slice(from));
    if (this.#wanted && !this.#killed && wasReady) this.endedByItself.push(how);
    this.output += `--- it ended: ${how}\n`;
    if (!this.#wanted) return;
    await delay(this.#killed ? this.restartMs : AGAIN_MS);
    if (this.#wanted) this.start().catch(() => undefined);
  }
}
