import type { SeriesRouted } from '@waystation/events';
import type { StudyState } from '../study/study-state.js';

/** What decided, and what followed from it: as much as notifications need to know. */
export interface RuleDecision {
  readonly studyInstanceUid: string;
  /** Undefined where rules were followed for the study. */
  readonly seriesInstanceUid: string | undefined;
  /** Of the series; of a study, how often it was complete for the rule that waited. */
  readonly revision: number;
  /** The rule that waited for the study. */
  readonly waited?: string;
  readonly configurationVersion: number;
  readonly isDiscarded: boolean;
  /** Rules that matched and are followed by this decision. */
  readonly rules: readonly string[];
  readonly deliveries: readonly {
    readonly delivery: string;
    readonly target: string;
    readonly rules: readonly string[];
  }[];
  /** The first steps of rules that have it processed. */
  readonly jobs?: readonly { readonly job: string; readonly rule: string }[] | undefined;
  /** What became of those by now; their deliveries are among the deliveries. */
  readonly processing?: readonly RuleJob[];
}

/** How far the processing for a rule has come: the job that the last one led to. */
export interface RuleJob {
  readonly rule: string;
  readonly module: string;
  /** Nothing goes on any more; `open` as long as it does. */
  readonly outcome: 'open' | 'over' | { readonly code: string };
  /** Whether one of its modules asked that somebody be told. */
  readonly isRequested?: boolean;
  /** Attempts whose module has words of its own for people. */
  readonly words?: readonly ModuleWords[];
}

/** Where the words of a module are. */
export interface ModuleWords {
  readonly job: string;
  readonly attempt: number;
}

/** What the rules said about a series. Rules that wait for the study are followed when it is complete. */
export const decisionOfSeries = (
  { studyInstanceUid, seriesInstanceUid }: { readonly studyInstanceUid: string; readonly seriesInstanceUid: string },
  routed: SeriesRouted['data'],
): RuleDecision => {
  const waiting = new Set(routed.studyRules);
  return {
    studyInstanceUid,
    seriesInstanceUid,
    revision: routed.revision,
    configurationVersion: routed.configuration.version,
    isDiscarded: routed.outcome === 'discarded',
    rules: routed.verdicts.flatMap(({ rule, verdict }) => (verdict === 'matched' && !waiting.has(rule) ? [rule] : [])),
    deliveries: routed.deliveries,
    jobs: routed.jobs,
  };
};

/**
 * What rules that waited for a study asked for, also where another rule had asked for the same before. Where an operator
 * had another rule followed, that one tells.
 */
export const decisionsOfStudy = ({ studyInstanceUid, collections }: StudyState): readonly RuleDecision[] =>
  collections.flatMap(({ rule, completions }) =>
    completions.flatMap(({ revision, follow = rule, configuration, routed }) =>
      routed === undefined
        ? []
        : [
            {
              studyInstanceUid,
              seriesInstanceUid: undefined,
              revision,
              waited: rule,
              configurationVersion: configuration.version,
              isDiscarded: false,
              rules: [follow],
              deliveries: [...routed.deliveries, ...routed.alreadyRequested].map(({ delivery, target }) => ({
                delivery,
                target,
                rules: [follow],
              })),
              jobs: routed.jobs?.map(({ job }) => ({ job, rule: follow })),
            },
          ],
    ),
  );
