import { JobRouted, type JobDelivery } from '@waystation/events';
import type { RouteJob } from './job-command.js';
import type { JobEvent } from './job-event.js';
import { nextJobId, originalDeliveryId, outputDeliveryId } from './job-ids.js';
import { originalsOf } from './job-originals.js';
import type { KnownJob } from './job-state.js';
import { targetsOfJob } from './job-targets.js';

/** What follows from an attempt that the job was over with. Once it is decided it stays so. */
export const routeJob = (state: KnownJob, command: RouteJob): readonly JobEvent[] => {
  const { attempt } = state;
  if (state.routed.some((routed) => routed.attempt === attempt)) return [];
  if (state.status === 'abandoned') return [afterFailure(state)];
  return state.status === 'succeeded' ? [afterSuccess(state, command)] : [];
};

const afterFailure = (state: KnownJob): JobRouted => {
  const { attempt } = state;
  const { onFailure, targets } = state.request.plan;
  const deliveries = onFailure === 'originals' ? targets.flatMap((target) => originalsTo(state, target)) : [];
  const because =
    onFailure === 'originals'
      ? 'the job failed for good, and the rule sends the originals then'
      : 'the job failed for good, and the rule sends nothing then';
  return JobRouted.of({ attempt, outcome: 'failed', deliveries, because });
};

const afterSuccess = (state: KnownJob, command: RouteJob): JobRouted => {
  const { attempt, request, successes } = state;
  const { plan, job } = request;
  const success = successes.find((one) => one.attempt === attempt);
  const made = success?.outputs.instances ?? 0;
  const { targets, discarded, because } = targetsOfJob(plan, success?.routing, command.targets);
  if (discarded) return JobRouted.of({ attempt, outcome: 'discarded', deliveries: [], because });
  const [next] = plan.steps;
  if (next !== undefined && made > 0)
    return JobRouted.of({
      attempt,
      outcome: 'next-step',
      deliveries: [],
      next: nextJobId(job, attempt),
      because: `module '${next.module}' is the next step`,
    });
  if (targets.length === 0)
    return JobRouted.of({
      attempt,
      outcome: 'kept',
      deliveries: [],
      because: 'the output goes nowhere, as the rule says',
    });
  const deliveries = targets.flatMap((target) => [
    ...(made > 0 ? [outputTo(state, target)] : []),
    ...(plan.originals ? originalsTo(state, target) : []),
  ]);
  return deliveries.length > 0
    ? JobRouted.of({ attempt, outcome: 'routed', deliveries, because })
    : JobRouted.of({ attempt, outcome: 'empty', deliveries, because: 'the module made no object' });
};

const outputTo = ({ request, attempt }: KnownJob, target: string): JobDelivery => ({
  delivery: outputDeliveryId(request.job, attempt, target),
  target,
  brings: { kind: 'output' },
});

const originalsTo = (state: KnownJob, target: string): readonly JobDelivery[] =>
  originalsOf(state.request).map(({ seriesInstanceUid, revision }) => ({
    delivery: originalDeliveryId(state.request.job, state.attempt, target, { seriesInstanceUid, revision }),
    target,
    brings: { kind: 'original', seriesInstanceUid, revision },
  }));
