import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check } from '../check/check.mjs';
import { besiege } from './besiege.mjs';
import { embeddedSystem } from './embedded-system.mjs';
import { FaultRun } from './fault-run.mjs';
import { mountStore, unmountStore } from './object-folder.mjs';
import { scenarioOf } from './scenario.mjs';
import { scheduleOf } from './schedule.mjs';
import { servicesSystem } from './services-system.mjs';

const systems = { embedded: embeddedSystem, services: servicesSystem };
const needsMount = ({ kind }) => kind === 'full store' || kind === 'read-only store';

/** One run: a system, scanners, faults, rest, and what the checker says. @param only numbers of the faults that happen */
export async function runSeed(world, { seed, substrate, folder, only, keep }) {
  const startedAt = performance.now();
  const scenario = scenarioOf(seed);
  const schedule = scheduleOf(seed, substrate);
  const faults = only === undefined ? schedule : schedule.filter((_, index) => only.includes(index));
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const system = await systems[substrate](world, folder, seed);
  const mounted = faults.some(needsMount) && (await mountStore(system.objectFolder));
  let kept = keep;
  try {
    await system.start();
    const run = new FaultRun(system, mounted ? faults : faults.filter((fault) => !needsMount(fault)));
    const { evidence, troubles } = await besiege(system, scenario, run);
    const { differences, figures } = await check(evidence);
    const found = [...troubles, ...differences];
    kept = keep && found.length > 0;
    const seconds = (performance.now() - startedAt) / 1_000;
    const seen = system.traps.seen;
    const happened = run.faults.filter((_, index) => run.happened[index]);
    return { seed, substrate, faults, happened, figures, differences: found, rest: evidence.rest, seconds, seen };
  } finally {
    await system.stop();
    if (kept) await keepOutput(system, folder);
    else await system.remove();
    if (mounted) await unmountStore(system.objectFolder);
    if (!kept) await rm(folder, { recursive: true, force: true });
  }
}

async function keepOutput(system, folder) {
  for (const { name, output } of system.services) await writeFile(join(folder, `${name}.log`), output);
}
