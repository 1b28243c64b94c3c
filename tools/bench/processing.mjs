#!/usr/bin/env node
import { join } from 'node:path';
import { say } from '../setup/say.mjs';
import { figuresOf } from './process-figures.mjs';
import { cases as known } from './processing/cases.mjs';
import * as words from './processing-options.mjs';
import { runBench } from './run-bench.mjs';

const meaning =
  'p50 and p95 are over the jobs of all rounds, CPU the median of the rounds; beside each the case that it is compared with.';

await runBench('processing', words, async (options, ground) => {
  const { Database } = await import('./database.mjs');
  const { PeerProcess } = await import('./peer-process.mjs');
  const { tableOf } = await import('./processing/report.mjs');
  const folder = await ground.folder();
  const peers = { database: ground.started(await Database.start(join(folder, 'postgres'))) };
  const given = { databaseUrl: (await peers.database.create()).href, folder: join(folder, 'work') };
  if (options.cases.some((name) => known[name].engine)) {
    peers.engine = ground.started(new PeerProcess(new URL('servers/containers.mjs', import.meta.url)));
    const { url, image } = await peers.engine.said();
    Object.assign(given, { engine: url, image });
  }
  peers.measured = ground.started(new PeerProcess(new URL('processing/measured.mjs', import.meta.url)));
  await peers.measured.ask('open', given);
  const results = await runRounds(options, peers);
  await peers.measured.ask('close');
  const { jobs, rounds } = options;
  return `${jobs} jobs a round, ${rounds} rounds. ${meaning}\n\n${tableOf(results)}`;
});

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
