#!/usr/bin/env node
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from '../setup/build.mjs';
import { install } from '../setup/install.mjs';
import { say } from '../setup/say.mjs';
import { describeMachine } from './describe-machine.mjs';
import { help, readOptions } from './log-options.mjs';

const meaning = 'A ratio is the median of the ratios of the rounds; CPU is that of the Node process, one thread.';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await bench(options);
} catch (error) {
  say(`npm run bench:log: ${error.message}`);
  process.exitCode = 1;
}

async function bench(options) {
  await install();
  if (options.build) await build();
  // Only now: they are made of what is installed and built.
  const { Database } = await import('./database.mjs');
  const { PeerProcess } = await import('./peer-process.mjs');
  const { tableOf } = await import('./log/report.mjs');
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
    const database = await Database.start(join(folder, 'postgres'));
    started.push(database);
    const url = (await database.create()).href;
    const writeUrl = (await database.create()).href;
    const needed = await brokerFor(options, database, folder, started);
    const profile = options.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profiles)}`];
    const measured = new PeerProcess(new URL('log/measured.mjs', import.meta.url), [], profile);
    started.push(measured);
    const text = `${describeMachine()} ${await runRounds(options, { measured, url, writeUrl, ...needed }, tableOf)}\n`;
    console.log(text);
    if (options.markdown) await writeFile(options.markdown, text);
  } finally {
    await close();
  }
}

/** Only where it is needed: a RabbitMQ takes its time to start. */
async function brokerFor({ cases }, database, folder, started) {
  const { cases: known } = await import('./log/cases.mjs');
  if (!cases.some((name) => known[name].broker)) return {};
  const { PeerProcess } = await import('./peer-process.mjs');
  const { migrate } = await import('../../libs/event-log/dist/index.js');
  const server = new PeerProcess(new URL('servers/rabbitmq.mjs', import.meta.url), [join(folder, 'rabbitmq')]);
  started.push(server);
  const { url: broker } = await server.said();
  const latencyUrl = (await database.create()).href;
  await migrate(latencyUrl);
  return { broker, latencyUrl };
}

/** Round by round every case, so that what burdens the machine for a while burdens all alike. */
async function runRounds({ events: wanted, rounds, cases }, { measured, url, ...others }, tableOf) {
  say(`filling a log with ${wanted} events …`);
  const events = await measured.ask('fill', { url, events: wanted });
  const { text, table, total } = await measured.ask('sizes', { url });
  await measured.ask('open', { url, ...others, events });
  const results = Object.fromEntries(cases.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const caseName of cases) {
      const one = await measured.ask('measure', { caseName });
      results[caseName].push(one);
      say(`round ${round + 1} ${caseName}: ${(one.count / one.seconds).toFixed(0)}/s`);
    }
  }
  await measured.ask('close');
  const sizes = `An event has ${text.toFixed(0)} bytes of text, and takes ${table.toFixed(0)} in its table, ${total.toFixed(0)} with indexes.`;
  return `${events} events, ${rounds} rounds, medians. ${meaning} ${sizes}\n\n${tableOf(results)}`;
}
