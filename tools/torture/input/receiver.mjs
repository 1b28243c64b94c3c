import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { root } from '../../setup/root.mjs';
import { STATE_MEMORY } from './limits.mjs';

const watched = new URL('watched.mjs', import.meta.url).href;
const START_MS = 60_000;
const STOP_MS = 30_000;
/** Short patience, so that silence is met in seconds, and room for a thousand associations of one address. */
const settings = {
  WAYSTATION_DICOM_PORT: '0',
  WAYSTATION_HTTP_PORT: '0',
  WAYSTATION_ARTIM_SECONDS: '3',
  WAYSTATION_IDLE_SECONDS: '3',
  WAYSTATION_STATE_MEMORY: String(STATE_MEMORY),
  WAYSTATION_MAX_ASSOCIATIONS: '1200',
  WAYSTATION_MAX_ASSOCIATIONS_PER_ADDRESS: '1100',
};
/** What stands in the log of a process in which something went wrong that nobody foresaw. */
const FAULTS =
  /handler failed|uncaught|unhandled|TypeError|RangeError|ReferenceError|heap out of memory|^\s+at .*\.js:\d+/im;

/** A Waystation of its own, as `npm start` runs it, in a folder of its own. */
export class Receiver {
  output = '';
  #child;

  /** @param node the Node that it runs on */
  constructor(dataFolder, node = process.execPath) {
    this.dataFolder = dataFolder;
    const environment = Object.entries(process.env).filter(([name]) => !/^WAYSTATION_|^NODE_OPTIONS$/.test(name));
    this.#child = spawn(node, ['--import', watched, join(root, 'apps/standalone/dist/main.js')], {
      cwd: root,
      env: { ...Object.fromEntries(environment), ...settings, WAYSTATION_DATA: dataFolder },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream.on('data', (chunk) => (this.output += chunk));
  }

  /** Waits until it listens. */
  async ready() {
    for (const deadline = Date.now() + START_MS; ; await delay(50)) {
      const port = /DICOM\s+\S+:(\d+), called AE title/.exec(this.output);
      const url = /HTTP\s+(http:\S+)\/api\/docs/.exec(this.output);
      if (port && url && this.output.includes('Ctrl-C drains')) {
        Object.assign(this, { port: Number(port[1]), url: url[1] });
        return this;
      }
      if (!this.lives || Date.now() > deadline) throw new Error(`Waystation did not start:\n${this.output}`);
    }
  }

  get pid() {
    return this.#child.pid;
  }

  get lives() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** How it ended, in words. */
  get end() {
    return `it ended with ${this.#child.signalCode ?? this.#child.exitCode}:\n${this.output.slice(-2_000)}`;
  }

  /** The first line that tells of a fault which nobody foresaw. */
  get fault() {
    return this.output.split('\n').find((line) => FAULTS.test(line));
  }

  /** What the process holds after a garbage collection. */
  async measure() {
    this.#child.send('measure');
    const [{ rss, heapUsed, external, heldMs }] = await once(this.#child, 'message');
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'latin1'))?.[1] ?? 0) * 1_024;
    return { rss, heapUsed, external, heldMs, peak, files: readdirSync(`/proc/${this.pid}/fd`).length };
  }

  /** Asks its database. */
  async query(text, values = []) {
    const cluster = join(this.dataFolder, 'postgres');
    const read = (name) => readFile(join(cluster, name), 'utf8');
    const [password, pid] = await Promise.all([read('waystation-password'), read('postmaster.pid')]);
    const port = pid.split('\n')[3];
    const client = new pg.Client(`postgres://waystation:${password}@127.0.0.1:${port}/waystation`);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** The command line, as an operator uses it: exit code and what it said. */
  async command(...args) {
    const env = { ...process.env, WAYSTATION_URL: this.url, WAYSTATION_CONTROL_URL: this.url };
    const child = spawn(process.execPath, [join(root, 'apps/cli/dist/main.js'), ...args], { env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    return { code, said: said.trim() };
  }

  async stop() {
    if (!this.lives) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const insist = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(insist);
  }
}
