import type { ConfigurationDocument, Facts, JobPlan, JobRouted, PlannedStep } from '@waystation/events';
import { firstStepOf, processes } from '../job/planned-steps.js';
import { planAfter } from '../job/plan-after.js';
import { routeJob } from '../job/route-job.js';
import type { KnownJob } from '../job/job-state.js';
import { jobEffectsOf, type JobEffects } from './job-effects.js';
import { isSameWork } from './same-module.js';

/** What was decided to follow from a job, with what it was decided from. */
export interface PastJob {
  readonly routed: JobRouted['data'];
  /** As it was before the decision. */
  readonly job: KnownJob;
  /** What its attempt found, opened where any condition asks. */
  readonly findings: Facts;
  /** What was in force when its attempt began. */
  readonly document: ConfigurationDocument;
}

/** How what follows from a job would differ. */
export interface JobDifference {
  readonly was: JobEffects;
  readonly would: JobEffects;
  /** One sentence each. */
  readonly because: { readonly was: string; readonly would: string };
}

/** What another document makes of a job: the rule asks for nothing else, for something else, or not for this job. */
export type JobAgain = 'same' | 'not-requested' | { readonly runs: string } | JobDifference;

interface Planned {
  readonly step: PlannedStep;
  readonly plan: JobPlan;
}

/**
 * Decides over again what follows from a job, by what its module found then.
 * @param steps the job, behind those whose output it was given: the first step of the rule comes first
 * @param rule what the rule is called in the other document
 * @returns `not-requested` where nothing leads to this job any more, `runs` with the module that would run in its place: what
 *   that one finds nobody knows
 */
export const decideJobAgain = (steps: readonly PastJob[], rule: string, document: ConfigurationDocument): JobAgain => {
  let planned = plannedAgain(steps[0], rule, document);
  for (const [at, past] of steps.entries()) {
    if (planned === undefined) return 'not-requested';
    const { job, routed } = past;
    if (!isSameWork(job.request, past.document.modules, planned.step, document.modules))
      return { runs: planned.step.module };
    const again = routedAgain(past, planned, document);
    if (at === steps.length - 1) return again === undefined ? 'same' : differenceOf(past, planned, routed, again);
    planned = again && nextPlanned(planned, again);
  }
  return 'not-requested';
};

/** Who is told of a failure is planned from those who sent the objects, and stays as it was. */
const plannedAgain = (
  first: PastJob | undefined,
  name: string,
  document: ConfigurationDocument,
): Planned | undefined => {
  const rule = document.rules.find((one) => one.name === name);
  if (first === undefined || rule === undefined || !processes(rule)) return undefined;
  const { returnFailure: _told, ...processing } = rule.processing;
  const planned = firstStepOf({ ...rule, processing }, document, []);
  if (planned === undefined) return undefined;
  const { plan, ...step } = planned;
  const { returnFailure } = first.job.request.plan;
  return { step, plan: { ...plan, ...(returnFailure && { returnFailure }) } };
};

const requestWith = ({ request }: KnownJob, { step, plan }: Planned): KnownJob['request'] => {
  const { outcomes: _outcomes, app: _app, ...rest } = request;
  return { ...rest, ...step, plan };
};

const routedAgain = (
  { job, findings }: PastJob,
  planned: Planned,
  document: ConfigurationDocument,
): JobRouted['data'] | undefined => {
  const targets = document.targets.map(({ name }) => name);
  const found = { attempt: job.attempt, findings };
  const [event] = routeJob({ ...job, request: requestWith(job, planned) }, { kind: 'route-job', targets, found });
  return event?.type === 'job.routed.v1' ? event.data : undefined;
};

const nextPlanned = ({ step, plan }: Planned, routed: JobRouted['data']): Planned | undefined => {
  const after = planAfter({ plan, outcomes: step.outcomes }, routed);
  const [next, ...steps] = after.steps;
  return routed.next === undefined || next === undefined ? undefined : { step: next, plan: { ...after, steps } };
};

const differenceOf = (
  { job }: PastJob,
  { step, plan }: Planned,
  before: JobRouted['data'],
  after: JobRouted['data'],
): JobDifference | 'same' => {
  const was = jobEffectsOf(job.request, before);
  const would = jobEffectsOf({ plan, outcomes: step.outcomes }, after);
  return JSON.stringify(was) === JSON.stringify(would)
    ? 'same'
    : { was, would, because: { was: before.because, would: after.because } };
};
