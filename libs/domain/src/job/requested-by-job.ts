import { DeliveryRequested, JobRequested, type JobRouted } from '@waystation/events';
import { failureReportModule } from './failure-report.js';
import { nextJobId } from './job-ids.js';
import { originalsOf } from './job-originals.js';
import type { KnownJob } from './job-state.js';
import { planAfter } from './plan-after.js';

/** The deliveries that follow from a job, each the first event of its own stream. */
export const deliveriesRequestedByJob = (
  { request, successes }: KnownJob,
  { attempt, deliveries }: Pick<JobRouted['data'], 'attempt' | 'deliveries'>,
): readonly DeliveryRequested[] => {
  const { job, studyInstanceUid, rule, priority } = request;
  const originals = originalsOf(request);
  const count = successes.find((one) => one.attempt === attempt)?.outputs.instances ?? 0;
  return deliveries.flatMap(({ delivery, target, brings }) => {
    const about = {
      delivery,
      studyInstanceUid,
      target,
      rules: rule === undefined ? [] : [rule],
      job,
      ...(priority === undefined ? {} : { priority }),
    };
    if (brings.kind === 'original') {
      const { seriesInstanceUid, revision } = brings;
      const part = originals.find((one) => one.seriesInstanceUid === seriesInstanceUid && one.revision === revision);
      if (part === undefined) return [];
      return [DeliveryRequested.of({ ...about, seriesInstanceUid, revision, instances: part.instances })];
    }
    const seriesInstanceUid = request.seriesInstanceUid ?? originals[0]?.seriesInstanceUid;
    if (seriesInstanceUid === undefined) return [];
    const instances = { job, attempt, count };
    return [DeliveryRequested.of({ ...about, seriesInstanceUid, revision: request.revision, instances })];
  });
};

/** The next step of a job, the first event of its own stream; undefined where none follows. */
export const nextJobRequestedBy = (
  { request, successes }: KnownJob,
  { attempt, next, outcomes }: Pick<JobRouted['data'], 'attempt' | 'next' | 'outcomes'>,
): JobRequested | undefined => {
  const plan = planAfter(request, { outcomes });
  const [step, ...steps] = plan.steps;
  if (next === undefined || step === undefined) return undefined;
  const { app: _app, outcomes: _outcomes, input: _input, ...rest } = request;
  const count = successes.find((one) => one.attempt === attempt)?.outputs.instances ?? 0;
  const [first, ...others] = originalsOf(request);
  return JobRequested.of({
    ...rest,
    job: nextJobId(request.job, attempt),
    ...step,
    step: request.step + 1,
    input: [{ job: request.job, attempt, count }],
    ...(first === undefined ? {} : { originals: [first, ...others] }),
    plan: { ...plan, steps },
  });
};

/** Every job that followed from one: its next step, and what tells of its failure. */
export const jobsAfter = ({
  request,
  routed,
}: KnownJob): readonly { readonly job: string; readonly module: string }[] =>
  routed.flatMap((decision) => {
    const [step] = planAfter(request, decision).steps;
    return [
      ...(decision.next === undefined || step === undefined ? [] : [{ job: decision.next, module: step.module }]),
      ...(decision.report === undefined ? [] : [{ job: decision.report, module: failureReportModule }]),
    ];
  });
