import { check } from '../check/check.mjs';
import { besiege } from './besiege.mjs';
import { FaultRun } from './fault-run.mjs';
import { needsMount } from './raise.mjs';
import { scenarioOf } from './scenario.mjs';
import { scheduleOf } from './schedule.mjs';

/**
 * One run: scanners, faults, rest, and what the checker says of all that the system has lived through so far.
 * @param options.only numbers of the faults that happen
 * @param options.isLast whether it is the last of this system, which is then asked what it holds
 * @param options.reap whether it then has to remove what no event names
 */
export async function runSeed(system, planned, { only, isLast, reap }) {
  const schedule = scheduleOf(planned);
  const faults = only === undefined ? schedule : schedule.filter((_, index) => only.includes(index));
  const run = new FaultRun(
    system,
    faults.filter((fault) => system.mounted || !needsMount(fault)),
  );
  const { evidence, troubles, sent } = await besiege(system, scenarioOf(planned.seed), run, {
    asksHeld: isLast,
    reaps: isLast && reap,
  });
  const { differences, figures } = await check(evidence);
  return {
    faults,
    happened: run.happened,
    figures: figuresOfRun(system, { ...figures, sent }),
    differences: [...troubles, ...differences],
    rest: evidence.rest,
    seen: system.traps.seen,
  };
}

/** The checker counts what there is; what was there before the run is not of the run. */
function figuresOfRun(system, figures) {
  const { figures: before = {} } = system;
  const own = Object.entries(figures).map(([name, count]) => [
    name,
    name === 'sent' ? count : count - (before[name] ?? 0),
  ]);
  system.figures = figures;
  return Object.fromEntries(own);
}
