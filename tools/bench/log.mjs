#!/usr/bin/env node
import { join, resolve } from 'node:path';
import { say } from '../setup/say.mjs';
import * as words from './log-options.mjs';
import { runBench } from './run-bench.mjs';

const meaning = 'A ratio is the median of the ratios of the rounds; CPU is that of the Node process, one thread.';

await runBench('log', words, async (options, ground) => {
  const { Database } = await import('./database.mjs');
  const { PeerProcess } = await import('./peer-process.mjs');
  const { tableOf } = await import('./log/report.mjs');
  const database = ground.started(await Database.start(join(await ground.folder(), 'postgres')));
  const url = (await database.create()).href;
  const writeUrl = (await database.create()).href;
  const needed = await brokerFor(options, database, ground);
  const profile = options.profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(options.profiles)}`];
  const measured = ground.started(new PeerProcess(new URL('log/measured.mjs', import.meta.url), [], profile));
  return runRounds(options, { measured, url, writeUrl, ...needed }, tableOf);
});

/** Only where it is needed: a RabbitMQ takes its time to start. */
async function brokerFor({ cases }, database, ground) {
  const { cases: known } = await import('./log/cases.mjs');
  if (!cases.some((name) => known[name].broker)) return {};
  const { PeerProcess } = await import('./peer-process.mjs');
  const { migrate } = await import('../../libs/event-log/dist/index.js');
  const program = new URL('servers/rabbitmq.mjs', import.meta.url);
  const server = ground.started(new PeerProcess(program, [join(await ground.folder(), 'rabbitmq')]));
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
