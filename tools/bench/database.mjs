import pg from 'pg';
import { PeerProcess } from './peer-process.mjs';

const program = new URL('servers/postgres.mjs', import.meta.url);

/** The embedded Postgres of the bench: one server, a new database for every run. */
export class Database {
  #server;
  #url;
  #runs = 0;
  pid;

  static async start(folder) {
    const database = new Database();
    database.#server = new PeerProcess(program, [folder]);
    const { url, pid } = await database.#server.said();
    database.#url = url;
    database.pid = pid;
    return database;
  }

  /** An empty database, with nothing of earlier runs left to be written. */
  async create() {
    const name = `bench_${++this.#runs}`;
    await this.#query(this.#url, `create database ${name}`);
    await this.#query(this.#url, 'checkpoint');
    const url = new URL(this.#url);
    url.pathname = `/${name}`;
    return url;
  }

  async drop(url) {
    await this.#query(this.#url, `drop database if exists ${url.pathname.slice(1)} with (force)`);
  }

  /** The number that a query is about. */
  async count(url, query) {
    const { rows } = await this.#query(url.href, query);
    return Number(Object.values(rows[0])[0]);
  }

  async stop() {
    await this.#server.stop();
  }

  async #query(url, text) {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return await client.query(text);
    } finally {
      await client.end();
    }
  }
}
