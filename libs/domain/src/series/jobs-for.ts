import { JobRequested, streamName, type ConfigurationDocument, type RoutedJob, type Rule } from '@waystation/events';
import { firstJobId } from '../job/job-ids.js';
import type { ReceivedInput } from '../job/job-originals.js';
import { firstStepOf, processes } from '../job/planned-steps.js';
import { hasExpired } from './living-objects.js';
import { rangeOf } from './series-range.js';
import type { KnownSeries } from './series-state.js';

/** The configuration that a job is requested under. */
export interface JobConfiguration {
  readonly version: number;
  readonly sha256: string;
  readonly document: Pick<ConfigurationDocument, 'modules' | 'senders' | 'targets'>;
}

/**
 * The jobs of a revision that rules ask for: one for each rule that has it processed, each the first event of its own
 * stream.
 * @param rules those that matched
 * @throws CodedError `series.unknown-revision`
 */
export const jobsFor = (
  state: KnownSeries,
  revision: number,
  rules: readonly Rule[],
  { version, sha256, document }: JobConfiguration,
): readonly JobRequested[] =>
  rules.filter(processes).flatMap((rule) => {
    const step = firstStepOf(rule, document, [state.source.callingAeTitle]);
    const input = receivedInput(state, revision, rule);
    if (step === undefined || input.instances.count === 0) return [];
    const { seriesInstanceUid, studyInstanceUid } = state;
    return JobRequested.of({
      job: firstJobId({ stream: streamName.series(seriesInstanceUid), revision }, rule.name),
      ...step,
      rule: rule.name,
      step: 0,
      ...(rule.priority === 'normal' ? {} : { priority: rule.priority }),
      configuration: { version, sha256 },
      studyInstanceUid,
      seriesInstanceUid,
      revision,
      input: [input],
    });
  });

/** What a decision says of its jobs. */
export const routedJobsOf = (state: KnownSeries, requests: readonly JobRequested[]): readonly RoutedJob[] =>
  requests.map(({ data: { job, rule = '', module, input, revision } }) => {
    const { afterSequence } = rangeOf(state, revision);
    const isWhole = input.some((part) => 'instances' in part && part.instances.afterSequence < afterSequence);
    return { job, rule, module, ...(isWhole ? { whole: true as const } : {}) };
  });

/** The objects of a revision: those that are new, or all of the series where the rule wants that. */
export const receivedInput = (state: KnownSeries, revision: number, { late }: Pick<Rule, 'late'>): ReceivedInput => {
  const range = rangeOf(state, revision);
  const afterSequence = late === 'whole' ? 0 : range.afterSequence;
  const { throughSequence } = range;
  const living: string[] = [];
  for (const { sequence, sopInstanceUid, expiredBy } of state.instances.values())
    if (sequence > afterSequence && sequence <= throughSequence && expiredBy === undefined) living.push(sopInstanceUid);
  const instances = {
    afterSequence,
    throughSequence,
    count: living.length,
    ...(living.length > 0 && hasExpired(state, { afterSequence, throughSequence }) ? { sopInstanceUids: living } : {}),
  };
  return { seriesInstanceUid: state.seriesInstanceUid, revision, instances };
};
