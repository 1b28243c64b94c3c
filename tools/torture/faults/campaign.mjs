import { join } from 'node:path';
import { say } from '../../setup/say.mjs';
import { runSeed } from './run-seed.mjs';
import { World } from './world.mjs';

/** Runs of all seeds in all substrates, several at a time, each lane on servers of its own. */
export async function campaign(options, folder) {
  const waiting = runsOf(options);
  const [total, results] = [waiting.length, []];
  const lane = async (_, number) => {
    if (waiting.length === 0) return;
    const world = await World.start(join(folder, `lane-${number}`));
    try {
      for (let run = waiting.shift(); run !== undefined; run = waiting.shift()) {
        results.push(await oneRun(world, run, join(folder, `${run.substrate}-${run.number}`), options));
        say(`${results.length}/${total} ${lineOf(results.at(-1))}`);
        if (options.only !== undefined) say(stepsOf(results.at(-1)));
      }
    } finally {
      await world.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.atATime, total) }, lane));
  return results.sort((one, other) => one.substrate.localeCompare(other.substrate) || one.number - other.number);
}

const runsOf = ({ seed, seeds, substrates, only }) => {
  const numbers = only === undefined ? Array.from({ length: seeds }, (_, number) => number) : [only];
  return substrates.flatMap((substrate) => numbers.map((number) => ({ substrate, number, seed: `${seed} ${number}` })));
};

/** What went wrong with the machine itself is a result as well: the next run goes on. */
async function oneRun(world, { seed, substrate, number }, folder, { faults: only, keep }) {
  try {
    return { number, ...(await runSeed(await world.of(substrate), { seed, substrate, folder, only, keep })) };
  } catch (error) {
    const what = `the run could not be done: ${error.message}`;
    const differences = [{ invariant: 4, name: 'no-run', what, where: error.stack.split('\n')[1]?.trim() ?? '' }];
    return { number, seed, substrate, faults: [], happened: [], figures: {}, differences, rest: undefined, seconds: 0 };
  }
}

const lineOf = ({ seed, substrate, faults, happened, figures, differences, rest, seconds }) =>
  [
    `${substrate} "${seed}": ${differences.length === 0 ? 'held' : `${differences.length} DIFFERENCES`}`,
    `${happened.length} of ${faults.length} faults, ${figures.sent ?? 0} sent, ${figures.events ?? 0} events`,
    `at rest after ${((rest?.waitedMs ?? 0) / 1_000).toFixed(1)} s, ${seconds.toFixed(1)} s in all`,
    ...(differences.length === 0 ? [] : [`\n${detailsOf({ faults, differences })}`]),
  ].join(', ');

/** How often each step was there to break something at: a fault at a step that never came did not happen. */
const stepsOf = ({ seen = new Map() }) =>
  [...seen]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([step, times]) => `    ${String(times).padStart(5)} × ${step}`)
    .join('\n');

const SHOWN = 12;

const detailsOf = ({ faults, differences }) =>
  [
    ...faults.map((fault) => `    ${JSON.stringify(fault)}`),
    ...differences
      .slice(0, SHOWN)
      .map(({ invariant, name, what, where }) => `  ! ${invariant} ${name}: ${what} [${where}]`),
  ].join('\n');
