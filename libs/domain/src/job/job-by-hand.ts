import { JobRequested, type ConfigurationDocument, type JobPlan } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { assertSomethingKept } from '../retention/assert-kept.js';
import { receivedInput } from '../series/jobs-for.js';
import type { ReceivedInput } from './job-originals.js';
import type { KnownSeries, SeriesState } from '../series/series-state.js';
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
  /** Whether it is one about the study, over all of the series that are named. */
  readonly isOfStudy?: boolean;
}

/** A configuration as the log knows it. */
interface PublishedConfiguration {
  readonly version: number;
  readonly sha256: string;
  readonly document: Pick<ConfigurationDocument, 'modules' | 'targets'>;
}

/**
 * A job on all that series had when each last counted as complete, however long ago that was.
 * @param all one series, or series of one study
 * @throws CodedError `job.unknown-series`, `job.series-not-complete`, `job.several-studies`, `series.objects-expired`, `job.unknown-module`, `job.unknown-target`
 */
export const jobByHand = (
  all: readonly [SeriesState, ...SeriesState[]],
  { job, module, settings, targets, reason, isOfStudy = all.length > 1 }: JobByHand,
  { version, sha256, document }: PublishedConfiguration,
): JobRequested => {
  const [first, ...others] = [knownIn(all[0]), ...all.slice(1).map(knownIn)] as const;
  const input = [latestOf(first), ...others.map(latestOf)] as const;
  const { studyInstanceUid, seriesInstanceUid } = first;
  const strange = others.find((series) => series.studyInstanceUid !== studyInstanceUid);
  if (strange !== undefined)
    throw new CodedError(
      'job.several-studies',
      `series ${strange.seriesInstanceUid} is of study ${strange.studyInstanceUid}, not of ${studyInstanceUid}: a job is about one study`,
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
    // No completion of the study stands behind it: it is the first of its kind.
    ...(isOfStudy ? { revision: 1 } : { seriesInstanceUid, revision: input[0].revision }),
    input: [...input],
    plan,
    reason,
  });
};

const knownIn = (series: SeriesState): KnownSeries => {
  if (series.status !== 'unknown') return series;
  throw new CodedError('job.unknown-series', 'no object of this series was ever received');
};

const latestOf = (series: KnownSeries): ReceivedInput => {
  assertSomethingKept(series);
  const revision = series.completions.at(-1)?.revision;
  if (revision !== undefined) return receivedInput(series, revision, { late: 'whole' });
  const sentence = `series ${series.seriesInstanceUid} was never complete; it still receives objects`;
  throw new CodedError('job.series-not-complete', sentence);
};

const namesOf = (parts: readonly { readonly name: string }[]): string =>
  parts.map(({ name }) => name).join(', ') || 'none';
