import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { embeddedSystem } from './embedded-system.mjs';
import { mountStore, unmountStore } from './object-folder.mjs';
import { scheduleOf } from './schedule.mjs';
import { servicesSystem } from './services-system.mjs';
import { warmUp } from './warm-up.mjs';

const systems = { embedded: embeddedSystem, services: servicesSystem };
export const needsMount = ({ kind }) => kind === 'full store' || kind === 'read-only store';

/** Starts a system for the runs of a life, and has one series go its way before anything breaks. */
export async function raise(world, life, folder) {
  const [{ substrate, system: seed }] = life;
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const system = await systems[substrate](await world.of(substrate), folder, seed);
  const wantsMount = life.some((run) => scheduleOf(run).some(needsMount));
  system.mounted = wantsMount && (await mountStore(system.objectFolder));
  try {
    await system.start();
    await warmUp(system);
    return system;
  } catch (error) {
    await lower(system, false);
    throw error;
  }
}

/** Stops it and removes what it had. @param kept whether folder, database and output stay, to be looked at */
export async function lower(system, kept) {
  const { folder, objectFolder, mounted, services } = system;
  await system.stop();
  if (kept) for (const { name, output } of services) await writeFile(join(folder, `${name}.log`), output);
  else await system.remove();
  if (mounted && !kept) await unmountStore(objectFolder);
  if (!kept) await rm(folder, { recursive: true, force: true });
}
