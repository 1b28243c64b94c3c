import { join } from 'node:path';
import { say } from '../../setup/say.mjs';
import { isLast, livesOf } from './lives.mjs';
import { Journal } from './journal.mjs';
import { raise, lower } from './raise.mjs';
import { runSeed } from './run-seed.mjs';
import { detailsOf, lineOf, stepsOf } from './tell-run.mjs';
import { World } from './world.mjs';

/** Runs of all seeds in all substrates, several at a time, each lane on servers of its own. */
export async function campaign(options, folder) {
  const journal = await Journal.open(options);
  const lives = livesOf(options, (run) => journal.holds(run));
  const total = lives.flat().length;
  let done = 0;
  const tell = async ({ seen, ...result }) => {
    await journal.add(result);
    say([`${++done}/${total} ${lineOf(result)}`, ...detailsOf(result)].join('\n'));
    if (options.only !== undefined) say(stepsOf(seen));
  };
  const lane = async (_, number) => {
    if (lives.length === 0) return;
    const world = await World.start(join(folder, `lane-${number}`));
    try {
      for (let life = lives.shift(); life !== undefined; life = lives.shift())
        await live(world, life, { ...options, folder }, tell);
    } finally {
      await world.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.atATime, lives.length) }, lane));
  return journal.results;
}

/** Has runs follow each other on one system. After a run that broke a promise the next has a system of its own. */
async function live(world, life, { folder, faults, keep, reap }, tell) {
  let system;
  for (const run of life) {
    const result = await attempt(run, async () => {
      system ??= await raise(world, life, join(folder, `${run.substrate}-${run.number}`));
      return runSeed(system, run, { only: faults, isLast: isLast(run, life), reap });
    });
    await tell(result);
    const broke = result.differences.length > 0;
    if (!broke && !isLast(run, life)) continue;
    const ending = system;
    system = undefined;
    // What it leaves behind goes with the folder; the runs to come are worth more.
    if (ending !== undefined)
      await lower(ending, broke && keep).catch((error) => say(`not all was removed: ${error.message}`));
  }
}

/** What went wrong with the machine itself is a result as well: the next run goes on. */
async function attempt({ number, seed, substrate }, act) {
  const startedAt = performance.now();
  const result = await act().catch((error) => {
    const what = `the run could not be done: ${error.message}`;
    const differences = [{ invariant: 4, name: 'no-run', what, where: error.stack.split('\n')[1]?.trim() ?? '' }];
    return { faults: [], happened: [], figures: {}, differences, rest: undefined };
  });
  return { number, seed, substrate, ...result, seconds: (performance.now() - startedAt) / 1_000 };
}
