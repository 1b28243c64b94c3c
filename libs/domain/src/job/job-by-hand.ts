import { JobRequested, type ConfigurationDocument, type JobPlan } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { receivedInput } from '../series/jobs-for.js';
import type { SeriesState } from '../series/series-state.js';
import { plannedStep } from './planned-steps.js';

/** What somebody wants processed without a rule. */
export interface JobByHand {
  /** An id that no other job has. */
  readonly job: string;
  readonly module: string;
  readonly settings: JobRequested['data']['settings'];
  /** Where the output goes; it is kept where there is none. */
  readonly targets: readonly string[];
  readonly reason: string;
}

/** A configuration as the log knows it. */
interface PublishedConfiguration {
  readonly version: number;
  readonly sha256: string;
  readonly document: Pick<ConfigurationDocument, 'modules' | 'targets'>;
}

/**
 * A job on all that a series had when it last counted as complete, however long ago that was.
 * @throws CodedError `job.unknown-series`, `job.series-not-complete`, `job.unknown-module`, `job.unknown-target`
 */
export const jobByHand = (
  series: SeriesState,
  { job, module, settings, targets, reason }: JobByHand,
  { version, sha256, document }: PublishedConfiguration,
): JobRequested => {
  if (series.status === 'unknown')
    throw new CodedError('job.unknown-series', 'no object of this series was ever received');
  const { seriesInstanceUid, studyInstanceUid } = series;
  const revision = series.completions.at(-1)?.revision;
  if (revision === undefined)
    throw new CodedError(
      'job.series-not-complete',
      `series ${seriesInstanceUid} was never complete; it still receives objects`,
    );
  if (document.modules.every(({ name }) => name !== module))
    throw new CodedError('job.unknown-module', `there is no module '${module}'; known: ${namesOf(document.modules)}`);
  const unknown = targets.find((target) => document.targets.every(({ name }) => name !== target));
  if (unknown !== undefined)
    throw new CodedError('job.unknown-target', `there is no target '${unknown}'; known: ${namesOf(document.targets)}`);
  const plan: JobPlan = { steps: [], targets: [...targets], originals: false, onFailure: 'nothing' };
  return JobRequested.of({
    job,
    ...plannedStep({ module, settings }, document.modules),
    step: 0,
    configuration: { version, sha256 },
    studyInstanceUid,
    seriesInstanceUid,
    revision,
    input: [receivedInput(series, revision, { late: 'whole' })],
    plan,
    reason,
  });
};

const namesOf = (parts: readonly { readonly name: string }[]): string =>
  parts.map(({ name }) => name).join(', ') || 'none';
