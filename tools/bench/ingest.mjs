#!/usr/bin/env node
import { join, resolve } from 'node:path';
import * as words from './ingest-options.mjs';
import { receivers } from './receivers/receivers.mjs';
import { runBench } from './run-bench.mjs';

const meaning =
  'CPU is user and system time of the receiver with its children; ack is from the first byte of an object to its answer; in S3/s counts until the spool is empty.';

await runBench('ingest', words, async (options, ground) => {
  const { Database } = await import('./database.mjs');
  const { runRounds } = await import('./run-rounds.mjs');
  const { measureS3Alone } = await import('./s3-alone.mjs');
  const bench = { folder: await ground.folder(), profiles: options.profiles && resolve(options.profiles), running: [] };
  const uses = (what) => options.receivers.some((name) => receivers[name][what]);
  if (uses('usesDatabase')) bench.database = ground.started(await Database.start(join(bench.folder, 'postgres')));
  ground.started({ stop: () => stopAll(bench) });
  const tables = await runRounds(options, bench);
  const alone = uses('usesS3') ? `\n\n${await measureS3Alone(options.seconds)}` : '';
  return `${options.rounds} rounds, medians. ${meaning}\n\n${tables}${alone}`;
});

/** What runs at the moment; a round stops what it started itself. */
async function stopAll({ running }) {
  for (const one of running) await one.stop();
}
