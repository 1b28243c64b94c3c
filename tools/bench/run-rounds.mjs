import { say } from '../setup/say.mjs';
import { cases } from './cases.mjs';
import { receivers } from './receivers/receivers.mjs';
import { tableOf } from './report.mjs';
import { runOnce } from './run-once.mjs';

/**
 * Round by round, every receiver in every case, each round beginning with another receiver, so that what burdens the
 * machine for a while burdens all alike. Resolves to the tables. A receiver that is missing or fails does not stop the others.
 */
export async function runRounds(options, bench) {
  const missing = options.receivers.flatMap((name) => whatIsMissing(name));
  for (const line of missing) say(line);
  const present = options.receivers.filter((name) => receivers[name].missing?.() === undefined);
  const results = new Map(options.cases.map((one) => [one, emptyResults(present)]));
  for (let round = 0; round < options.rounds; round++) {
    for (const one of options.cases) {
      for (const receiverName of rotated(present, round)) {
        await measure({ ...options, ...one, receiverName }, bench, results.get(one)[receiverName], round);
      }
    }
  }
  const tables = [...results].map(([one, found]) => `${titleOf(one)}\n\n${tableOf(found)}`);
  return [...missing, ...tables].join('\n\n');
}

async function measure(run, bench, { measured, failed }, round) {
  const what = `round ${round + 1} ${run.caseName}:${run.associations} ${run.receiverName}`;
  try {
    const measurement = await runOnce(run, bench);
    measured.push(measurement);
    say(`${what}: ${measurement.perSecond.toFixed(1)} inst/s`);
  } catch (error) {
    failed.push(error.message);
    say(`${what}: failed: ${error.message}`);
  }
}

function whatIsMissing(name) {
  const missing = receivers[name].missing?.();
  return missing === undefined ? [] : [`MISSING, and left out: ${name} (${missing})`];
}

const emptyResults = (names) => Object.fromEntries(names.map((name) => [name, { measured: [], failed: [] }]));

const rotated = (names, by) => names.map((_, index) => names[(index + by) % names.length]);

const titleOf = ({ caseName, associations }) =>
  `### ${caseName}:${associations}\n\n${cases[caseName].about}; ${associations} ${associations === 1 ? 'association' : 'associations'}`;
