import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './start-embedded-postgres.js';

let folder: string;
/** Shared by the tests, which is faster; each has its own table. */
let shared: string;
const started: EmbeddedPostgres[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waystation-embedded-postgres-'));
  shared = join(folder, 'not/yet/there');
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

afterAll(async () => rm(folder, { recursive: true }));

const start = async (port = 0, dataFolder = shared): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ dataFolder, port });
  started.push(server);
  return server;
};

const query = async (url: string, sql: string): Promise<readonly unknown[]> => {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

describe('starting', () => {
  test('gives a durable Postgres 18 with a database of its own', async () => {
    const { url } = await start();

    const [settings] = await query(
      url,
      `select current_database() as database, current_setting('server_version_num')::int / 10000 as version,
              current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
    );

    expect(settings).toEqual({ database: 'waystation', version: 18, fsync: 'on', commit: 'on' });
  });

  test('can be reached through a socket, also by a database of another name', async () => {
    const { localUrl } = await start(0, join(folder, 'socket'));
    const other = new URL(localUrl);
    other.pathname = '/postgres';

    const over = `select current_database() as database, inet_server_port() as port`;
    expect(await query(localUrl, over)).toEqual([{ database: 'waystation', port: null }]);
    expect(await query(other.href, over)).toEqual([{ database: 'postgres', port: null }]);
  });

  test('lets nobody in without the password, which only the owner can read', async () => {
    const { url } = await start();
    const guess = new URL(url);
    guess.password = 'guess';

    await expect(query(guess.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(shared, 'waystation-password'))).mode & 0o777).toBe(0o600);
    expect((await stat(shared)).mode & 0o777).toBe(0o700);
  });

  test('begins anew when an earlier initialisation was cut short', async () => {
    await mkdir(join(folder, 'cut.initialising/cluster/base'), { recursive: true });

    const { url } = await start(0, join(folder, 'cut'));

    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(folder)).not.toContain('cut.initialising');
  });

  test('refuses a folder that holds something else, and leaves it alone', async () => {
    const library = join(folder, 'library');
    await mkdir(library);
    await writeFile(join(library, 'thesis.txt'), 'precious');

    await expect(start(0, library)).rejects.toMatchObject({ code: 'embedded-postgres.foreign-folder' });
    expect(await readFile(join(library, 'thesis.txt'), 'utf8')).toBe('precious');
  });

  test('names the port that another program has', async () => {
    const other = await listen();
    const { port } = other.address() as { port: number };

    await expect(start(port)).rejects.toMatchObject({
      code: 'embedded-postgres.port-taken',
      message: expect.stringContaining(String(port)) as string,
    });
    other.close();
  });

  test('keeps what clients sent out of the log of the server', async () => {
    const { url } = await start();

    await expect(query(url, `select 'DOE^JANE'::int`)).rejects.toThrow('DOE^JANE');

    expect(await readFile(join(shared, 'postgres.log'), 'utf8')).not.toContain('DOE');
  });
});

describe('starting again', () => {
  test('finds everything after an orderly stop', async () => {
    const first = await start();
    await query(first.url, 'create table stopped as select 42 as answer');
    await first.stop();

    const second = await start(first.port);

    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'table stopped')).toEqual([{ answer: 42 }]);
  });

  test('finds every committed row after the server was killed', async () => {
    const first = await start();
    await query(first.url, 'create table kept (n int)');
    let committed = 0;
    const writer = insertUntilItBreaks(first.url, (n) => {
      committed = n;
      if (n === 200) process.kill(first.pid, 'SIGKILL');
    });
    await Promise.all([writer, first.exited]);

    const second = await start(first.port);

    const [found] = await query(second.url, 'select count(*)::int as rows from kept');
    expect((found as { rows: number }).rows).toBeGreaterThanOrEqual(committed);
    expect(committed).toBeGreaterThanOrEqual(200);
  });

  test('takes over from a server that still runs on the folder', async () => {
    const first = await start();
    await query(first.url, 'create table taken_over as select 42 as answer');

    const second = await start(first.port);

    await first.exited;
    expect(second.pid).not.toBe(first.pid);
    expect(await query(second.url, 'table taken_over')).toEqual([{ answer: 42 }]);
  });

  test('is not kept out by a pid file whose pid went to another program', async () => {
    const first = await start();
    const pidFile = await readFile(join(shared, 'postmaster.pid'), 'utf8');
    await first.stop();
    await writeFile(join(shared, 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.ppid)));

    const second = await start();

    expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

async function insertUntilItBreaks(url: string, onCommitted: (n: number) => void): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let n = 1; ; n += 1) {
      await client.query('insert into kept values ($1)', [n]);
      onCommitted(n);
    }
  } catch {
    await client.end().catch(() => undefined);
  }
}
