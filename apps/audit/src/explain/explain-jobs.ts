import type { JobExplained } from '@waystation/answers';
import { fold, jobDecider, jobsAfter, type DeliveryEvent, type JobEvent, type KnownJob } from '@waystation/domain';
import type { ConfigurationPublished, Recorded } from '@waystation/events';
import { sentenceFor } from '../tell-history/sentence-for.js';
import { explainDelivery } from './explain-delivery.js';
import { groundOf } from './ground-of.js';

/** What an explanation of jobs is made of. */
export interface JobGrounds {
  /** The events of a job. */
  jobEvents(job: string): readonly Recorded<JobEvent>[];
  /** The events of a delivery. */
  deliveryEvents(delivery: string): readonly Recorded<DeliveryEvent>[];
}

/** Neither is about why. */
const details: ReadonlySet<JobEvent['type']> = new Set([
  'job.requested.v1',
  'job.progressed.v1',
  'instance.derived.v1',
]);

/** Why something is processed and what became of it, with every step that followed. @param configuration that decided */
export const explainJobs = (
  grounds: JobGrounds,
  jobs: readonly { readonly job: string; readonly module: string }[],
  configuration: ConfigurationPublished['data'] | undefined,
): readonly JobExplained[] =>
  jobs.flatMap(({ job, module }): readonly JobExplained[] => {
    const events = grounds.jobEvents(job);
    const state = fold(jobDecider, events);
    if (state.status === 'unknown')
      return [{ job, module, step: 0, because: 'it is not written yet', ...nothing, status: 'unknown' }];
    return [
      {
        job,
        module,
        step: state.request.step,
        because: whyJob(state),
        status: state.hold === undefined ? state.status : 'held',
        outputs: state.successes.at(-1)?.outputs.instances ?? 0,
        story: events
          .filter(({ type }) => !details.has(type))
          .map((event) => ({ ...groundOf(event), because: sentenceFor(event) })),
        deliveries: state.routed
          .flatMap(({ deliveries }) => deliveries)
          .map(({ delivery, target, brings }) => ({
            ...explainDelivery({ delivery, target, rules: [] }, grounds.deliveryEvents(delivery), configuration),
            because: brings.kind === 'output' ? `job ${job} made it` : `it is what job ${job} was given`,
          })),
      },
      ...explainJobs(grounds, jobsAfter(state), configuration),
    ];
  });

const nothing = { outputs: 0, story: [], deliveries: [] } as const;

const whyJob = ({ request: { rule, step, reason = '' } }: KnownJob): string => {
  if (rule === undefined) return `somebody asked for it${reason === '' ? '' : `: ${reason}`}`;
  return step === 0 ? `'${rule}' matched and names the module` : `it is step ${step + 1} of '${rule}'`;
};
