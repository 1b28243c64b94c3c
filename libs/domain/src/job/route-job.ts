import { JobRouted, type JobDelivery } from '@waystation/events';
import { askOutcomes, resultOf, type AskedOutcomes } from './ask-outcomes.js';
import type { RouteJob } from './job-command.js';
import type { JobEvent } from './job-event.js';
import { failureReportId, nextJobId, originalDeliveryId, outputDeliveryId } from './job-ids.js';
import { originalsOf } from './job-originals.js';
import type { KnownJob } from './job-state.js';
import { targetsOfJob } from './job-targets.js';
import { planWith } from './plan-after.js';

type Routing = Pick<JobRouted['data'], 'outcome' | 'because'> & Partial<JobRouted['data']>;

/** What follows from an attempt that the job was over with. Once it is decided it stays so. */
export const routeJob = (state: KnownJob, command: RouteJob): readonly JobEvent[] => {
  const { attempt, request, status, successes } = state;
  if (status !== 'abandoned' && status !== 'succeeded') return [];
  if (state.routed.some((routed) => routed.attempt === attempt)) return [];
  if (command.found !== undefined && command.found.attempt !== attempt) return [];
  const success = status === 'succeeded' ? successes.find((one) => one.attempt === attempt) : undefined;
  const asked = askOutcomes(request.outcomes ?? [], resultOf(success, command.found?.findings ?? {}));
  const routing = status === 'abandoned' ? afterFailure(state, asked) : afterSuccess(state, command, asked);
  const { verdicts } = asked;
  return [
    JobRouted.of({
      attempt,
      deliveries: [],
      ...routing,
      ...(asked.held?.notify ? { notify: true as const } : {}),
      ...(verdicts.length === 0 ? {} : { outcomes: [...verdicts] }),
    }),
  ];
};

/** Why it is so where a condition on the result holds. */
const forThisResult = ({ verdicts }: AskedOutcomes): string =>
  `as the rule says where ${verdicts.at(-1)?.because ?? ''}`;

const afterFailure = (state: KnownJob, asked: AskedOutcomes): Routing => {
  const { request, attempt } = state;
  const { onFailure, returnFailure } = request.plan;
  const { held } = asked;
  if (held?.discard)
    return { outcome: 'failed', because: `the job failed for good; nothing is sent, ${forThisResult(asked)}` };
  const { targets } = planWith(request.plan, held);
  const isSent = held?.originals ?? onFailure === 'originals';
  const because = `the job failed for good, and the rule sends ${isSent ? 'the originals' : 'nothing'} then`;
  return {
    outcome: 'failed',
    deliveries: isSent ? targets.flatMap((target) => originalsTo(state, target)) : [],
    ...(returnFailure !== undefined && returnFailure.targets.length > 0
      ? { report: failureReportId(request.job, attempt) }
      : {}),
    because: `${because}${toldOf(returnFailure)}`,
  };
};

const toldOf = (returned: KnownJob['request']['plan']['returnFailure']): string => {
  if (returned === undefined) return '';
  const { targets, unknownSenders = [] } = returned;
  return [
    ...(targets.length === 0 ? [] : [`; an object that tells of it goes to ${quoted(targets)}`]),
    ...(unknownSenders.length === 0 ? [] : [`; no target is known for the sender ${quoted(unknownSenders)}`]),
  ].join('');
};

const afterSuccess = (state: KnownJob, command: RouteJob, asked: AskedOutcomes): Routing => {
  const { attempt, request, successes } = state;
  const { held } = asked;
  if (held?.discard) return { outcome: 'discarded', because: `the output goes nowhere, ${forThisResult(asked)}` };
  const plan = planWith(request.plan, held);
  const success = successes.find((one) => one.attempt === attempt);
  const made = success?.outputs.instances ?? 0;
  // A condition of the rule outweighs what the module wishes.
  const wished = held?.targets === undefined ? targetsOfJob(plan, success?.routing, command.targets) : undefined;
  const { targets, because } = wished ?? { targets: plan.targets, because: forThisResult(asked) };
  if (wished?.discarded) return { outcome: 'discarded', because };
  const [next] = plan.steps;
  if (next !== undefined && made > 0)
    return {
      outcome: 'next-step',
      next: nextJobId(request.job, attempt),
      because: `module '${next.module}' is the next step${held?.steps === undefined ? '' : `, ${forThisResult(asked)}`}`,
    };
  if (targets.length === 0)
    return { outcome: 'kept', because: `the output goes nowhere, ${held?.targets ? because : 'as the rule says'}` };
  const deliveries = targets.flatMap((target) => [
    ...(made > 0 ? [outputTo(state, target)] : []),
    ...(plan.originals ? originalsTo(state, target) : []),
  ]);
  return deliveries.length > 0
    ? { outcome: 'routed', deliveries, because }
    : { outcome: 'empty', because: 'the module made no object' };
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

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
