import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, test } from 'vitest';
import { findPostgresBinaries } from './binaries.js';
import { claimPort } from './claim-port.js';
import { createCluster, databaseName, passwordFile, superuser } from './create-cluster.js';
import { giveFolder } from './give-folder.js';
import { launchPostmaster } from './launch-postmaster.js';
import { stopPostmaster } from './stop-postmaster.js';
import { findIdentity, switchedUser } from './unprivileged.js';

const run = promisify(execFile);

test('whoever we are, Postgres is not root', async () => {
  const { prefix } = await findIdentity();

  const [command, ...words] = [...prefix, 'id', '-u'];
  const { stdout } = await run(command, words);

  expect(stdout.trim()).not.toBe('0');
});

test('root without user namespaces runs Postgres as nobody, and can go back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waystation-unprivileged-'));
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { mode: 0o700 });
  const usual = await findIdentity();
  const binaries = await findPostgresBinaries();

  // Who is not root cannot become nobody, and need not.
  for (const identity of [process.getuid?.() === 0 ? switchedUser : usual, usual]) {
    await createCluster(dataFolder, binaries, identity);
    await giveFolder(dataFolder, identity.owner);
    const port = await claimPort('127.0.0.1', 0);
    const { pid } = await launchPostmaster({ dataFolder, host: '127.0.0.1', port, binaries, identity });
    const password = await readFile(join(dataFolder, passwordFile), 'utf8');
    const client = new pg.Client({ host: '127.0.0.1', port, user: superuser, password, database: databaseName });
    await client.connect();
    await client.query('create table if not exists kept as select 42 as answer');
    expect((await client.query('table kept')).rows).toEqual([{ answer: 42 }]);
    await client.end();
    await stopPostmaster(pid, dataFolder);
  }

  await rm(folder, { recursive: true });
});
