import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { services } from './servers.mjs';

/** It may be killed or paused meanwhile. */
const HEARING_TRIES = 120;
const HEARING_MS = 500;

const childrenOf = (pid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);

const alreadyGone = (error) => {
  if (error.code !== 'ESRCH') throw error;
};

/** A process that is gone takes no signal. */
const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch (error) {
    alreadyGone(error);
  }
};

/** A Postgres for one run after the other, each with a database of its own. */
export class DatabaseServer {
  #server;
  #paused = [];
  #runs = 0;
  #last = Promise.resolve();

  static async start(folder) {
    const database = new DatabaseServer();
    database.#server = await (await services('postgres')).startPostgres({ folder });
    return database;
  }

  get port() {
    return Number(new URL(this.#server.url).port);
  }

  /** The URL of a new database. */
  async create() {
    const url = new URL(this.#server.url);
    url.pathname = `/run_${++this.#runs}`;
    await this.query(this.#server.url, `create database ${url.pathname.slice(1)}`);
    return url.href;
  }

  async drop(url) {
    await this.query(this.#server.url, `drop database if exists ${new URL(url).pathname.slice(1)} with (force)`);
  }

  /** Faults of a run may meet: one after the other. */
  #inTurn(act) {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async query(url, text, values = []) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Each commit waits so much longer for the disk; 0: as it is. Again until the server hears of it. */
  async setDisk(slowMs) {
    const settings = [
      slowMs > 0 ? `alter system set commit_delay = ${slowMs * 1_000}` : 'alter system reset commit_delay',
      slowMs > 0 ? 'alter system set commit_siblings = 0' : 'alter system reset commit_siblings',
      'select pg_reload_conf()',
    ];
    for (let left = HEARING_TRIES; ; left -= 1) {
      try {
        for (const setting of settings) await this.query(this.#server.url, setting);
        return;
      } catch (error) {
        if (left === 0) throw error;
        await delay(HEARING_MS);
      }
    }
  }

  kill() {
    // What is paused would not notice that it is alone.
    this.resume();
    return this.#inTurn(() => this.#server.kill().catch(alreadyGone));
  }

  restart() {
    return this.#inTurn(() => this.#server.restart());
  }

  /** Every process of it: the backends are children of the one that listens. */
  pause() {
    return this.#inTurn(() => {
      this.#paused = [this.#server.pid, ...childrenOf(this.#server.pid)];
      for (const pid of this.#paused) signal(pid, 'SIGSTOP');
    });
  }

  resume() {
    for (const pid of this.#paused.splice(0)) signal(pid, 'SIGCONT');
  }

  stop() {
    return this.#server.stop();
  }
}
