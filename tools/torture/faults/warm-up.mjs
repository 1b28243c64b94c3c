import { Scanner } from './scanner.mjs';
import { warmUpOf } from './scenario.mjs';

/** Has one series go its way before anything breaks, and asks what processes hold then. */
export async function warmUp(system) {
  const series = warmUpOf(system.seed);
  const scanner = new Scanner('WARMUP', system.receivers);
  await scanner.run([{ instances: series.instances, lateMs: 0, pauseMs: 0 }]);
  system.sent.push(...scanner.sent);
  system.series.push(series);
  system.heldAtFirst = new Map(
    await Promise.all(system.services.map(async (service) => [service.name, await service.measure()])),
  );
}

/** Of processes that live since the warm-up, what they hold now. */
export async function heldSince(system) {
  const processes = [];
  for (const service of system.services) {
    const [then, now] = [system.heldAtFirst.get(service.name), await service.measure()];
    if (then !== undefined && now?.pid === then.pid)
      processes.push({ name: service.name, before: then.held, after: now.held });
  }
  return processes;
}
