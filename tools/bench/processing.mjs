#!/usr/bin/env node
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { describeMachine } from './describe-machine.mjs';
import { figuresOf } from './process-figures.mjs';
import { cases as known } from './processing/cases.mjs';
import { help, readOptions } from './processing-options.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  say(`npm run bench:processing: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options) {
  await install();
  if (options.build) await build();
  // Only now: they are made of what is installed and built.
  const { Database } = await import('./database.mjs');
  const { PeerProcess } = await import('./peer-process.mjs');
  const { tableOf } = await import('./processing/report.mjs');
  await mkdir(options.folder, { recursive: true });
  const folder = await mkdtemp(join(resolve(options.folder), 'bench-'));
  // The database has a user of its own where we are root.
  await chmod(folder, 0o755);
  const started = [];
  const close = async () => {
    for (const one of started.splice(0).reverse()) await one.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const interrupted = () => void close().then(() => process.exit(130));
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted);
  try {
    const peers = { database: await Database.start(join(folder, 'postgres')) };
    started.push(peers.database);
    const given = { databaseUrl: (await peers.database.create()).href, folder: join(folder, 'work') };
    if (options.cases.some((name) => known[name].engine)) {
      peers.engine = new PeerProcess(new URL('servers/containers.mjs', import.meta.url));
      started.push(peers.engine);
      const { url, image } = await peers.engine.said();
      Object.assign(given, { engine: url, image });
    }
    peers.measured = new PeerProcess(new URL('processing/measured.mjs', import.meta.url));
    started.push(peers.measured);
    await peers.measured.ask('open', given);
    const results = await runRounds(options, peers);
    await peers.measured.ask('close');
    const { jobs, rounds } = options;
    const text = `${describeMachine()} ${jobs} jobs a round, ${rounds} rounds.\n\n${tableOf(results)}\n`;
    console.log(text);
    if (options.markdown) await writeFile(options.markdown, text);
  } finally {
    await close();
  }
}

/** Round by round every case, so that what burdens the machine for a while burdens all alike. */
async function runRounds({ cases, rounds, jobs: count }, { measured, database, engine }) {
  const results = Object.fromEntries(cases.map((name) => [name, []]));
  const cpuOf = (pid) => (pid === undefined ? 0 : figuresOf(pid).cpuMs);
  for (let round = 0; round < rounds; round++) {
    for (const caseName of cases) {
      const before = [cpuOf(database.pid), cpuOf(engine?.pid)];
      const one = await measured.ask('measure', { caseName, count });
      // One more job than is counted was done, which warmed up.
      const [databaseCpuMs, engineCpuMs] = [cpuOf(database.pid), cpuOf(engine?.pid)].map(
        (after, index) => (after - before[index]) / (count + 1),
      );
      results[caseName].push({ ...one, databaseCpuMs, ...(known[caseName].engine && { engineCpuMs }) });
    }
    say(`round ${round + 1}`);
  }
  return results;
}
