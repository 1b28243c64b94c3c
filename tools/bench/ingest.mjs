#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { root } from '../setup/root.mjs';
import { say } from '../setup/say.mjs';

const args = process.argv.slice(2);
const isBuilt = () => existsSync(join(root, 'apps/ingest/dist/main.js'));

try {
  await install();
  if (!args.includes('--no-build') || !isBuilt()) await build();
  // Only now: the cases and the receivers are made of what is built.
  const { help, readOptions } = await import('./ingest-options.mjs');
  const options = readOptions(args);
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  say(`npm run bench:ingest: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options) {
  const { Database } = await import('./database.mjs');
  const { runRounds } = await import('./run-rounds.mjs');
  await mkdir(options.folder, { recursive: true });
  const folder = await mkdtemp(join(resolve(options.folder), 'bench-'));
  // The database has a user of its own where we are root.
  await chmod(folder, 0o755);
  const running = { folder, profiles: options.profiles && resolve(options.profiles), running: [] };
  const close = async () => {
    for (const one of running.running) await one.stop();
    await running.database?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = () => void close().then(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    running.database = await Database.start(join(folder, 'postgres'));
    const tables = await runRounds(options, running);
    const text = `${machine()}, ${options.rounds} rounds, medians.\n\n${tables}\n`;
    console.log(text);
    if (options.markdown) await writeFile(options.markdown, text);
  } finally {
    await close();
  }
}

function machine() {
  const [{ model } = { model: 'unknown processor' }, ...others] = cpus();
  return `${others.length + 1} × ${model}, Node ${process.version}`;
}
