#!/usr/bin/env node
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { describeMachine } from './describe-machine.mjs';
import { help, readOptions } from './ingest-options.mjs';
import { receivers } from './receivers/receivers.mjs';

const meaning =
  'CPU is user and system time of the receiver with its children; ack is from the first byte of an object to its answer; in S3/s counts until the spool is empty.';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  say(`npm run bench:ingest: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options) {
  await install();
  if (options.build) await build();
  // Only now: they are made of what is installed and built.
  const { Database } = await import('./database.mjs');
  const { runRounds } = await import('./run-rounds.mjs');
  const { measureS3Alone } = await import('./s3-alone.mjs');
  const machine = describeMachine();
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
    const needsDatabase = options.receivers.some((name) => receivers[name].usesDatabase);
    if (needsDatabase) running.database = await Database.start(join(folder, 'postgres'));
    const tables = await runRounds(options, running);
    const needsS3 = options.receivers.some((name) => receivers[name].usesS3);
    const alone = needsS3 ? `\n\n${await measureS3Alone(options.seconds)}` : '';
    const text = `${machine} ${options.rounds} rounds, medians. ${meaning}\n\n${tables}${alone}\n`;
    console.log(text);
    if (options.markdown) await writeFile(options.markdown, text);
  } finally {
    await close();
  }
}
