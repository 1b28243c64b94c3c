import { failureReportModule, jobQueueOf } from '@waystation/domain';
import type { ConfigurationDocument } from '@waystation/events';
import type { ModuleRunner } from '../module/module-runner.js';

/** By queue: how many of its jobs may be under way at the same time, over all workers. */
export type JobQueues = ReadonlyMap<string, number>;

/** The queues that a runner's jobs wait in. Modules that share an app share its queue, and what they allow together. */
export const queuesOf = (document: ConfigurationDocument, runner: Pick<ModuleRunner, 'takes'>): JobQueues => {
  const queues = new Map<string, number>();
  for (const module of document.modules) {
    if (!runner.takes(module)) continue;
    const queue = jobQueueOf(module.kind === 'app' ? (module.app ?? module.name) : module.name);
    queues.set(queue, (queues.get(queue) ?? 0) + module.concurrency);
  }
  return queues;
};

/** Queues in which jobs wait for modules that nobody has configured any more: somebody has to say so. */
export const orphansAmong = (waiting: readonly string[], document: ConfigurationDocument): readonly string[] => {
  const known = queuesOf(document, { takes: () => true });
  return waiting.filter((queue) => !known.has(queue) && queue !== jobQueueOf(failureReportModule));
};
