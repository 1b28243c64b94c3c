import { Scanner } from './scanner.mjs';
import { warmUpOf } from './scenario.mjs';

/** Has one series go its way before anything breaks. @returns what processes hold then */
export async function warmUp(system) {
  system.warm = { series: warmUpOf(system.seed), sent: [] };
  const scanner = new Scanner('WARMUP', system.receivers);
  await scanner.run([{ instances: system.warm.series.instances, lateMs: 0, pauseMs: 0 }]);
  system.warm.sent = scanner.sent;
  return new Map(await Promise.all(system.services.map(async (service) => [service.name, await service.measure()])));
}

/** Of processes that live since the warm-up, what they hold now. */
export async function heldSince(system, before) {
  const processes = [];
  for (const service of system.services) {
    const [then, now] = [before.get(service.name), await service.measure()];
    if (then !== undefined && now?.pid === then.pid)
      processes.push({ name: service.name, before: then.held, after: now.held });
  }
  return processes;
}
