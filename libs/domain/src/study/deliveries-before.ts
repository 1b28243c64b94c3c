import { nameOfTarget, type ConfigurationDocument, type Rule } from '@waystation/events';
import type { KnownSeries } from '../series/series-state.js';
import { collectionOf, type StudyCompletion, type StudyState } from './study-state.js';

/** One completion of a study: for which rule, and its how manyth. */
export interface WhichCompletion {
  readonly rule: string;
  readonly revision: number;
}

/** What an event said of a completion; undefined where there is none. */
export const completionOf = (state: StudyState, { rule, revision }: WhichCompletion): StudyCompletion | undefined =>
  collectionOf(state, rule)?.completions.find((completion) => completion.revision === revision);

/** The rule that says where a completed study goes, as it stood when the study was completed. */
export const followedRule = (
  { rule }: WhichCompletion,
  { follow }: StudyCompletion,
  document: ConfigurationDocument,
): Rule | undefined => document.rules.find(({ name }) => name === (follow ?? rule));

/** Which deliveries were requested of a revision of a series to a target, by its own decision or by other completions. */
export const requestedBefore = (
  state: StudyState,
  own: WhichCompletion,
  series: KnownSeries,
  { revision, target }: { readonly revision: number; readonly target: string },
): readonly string[] => {
  const { seriesInstanceUid, decisions } = series;
  const bySeries = decisions
    .filter((decision) => decision.revision === revision)
    .flatMap((decision) => decision.deliveries.filter((delivery) => delivery.target === target));
  const byStudy = state.collections.flatMap(({ rule, completions }) =>
    completions
      .filter((completion) => rule !== own.rule || completion.revision !== own.revision)
      .flatMap(({ routed }) => routed?.deliveries ?? [])
      .filter(
        (delivery) =>
          delivery.target === target &&
          delivery.revision === revision &&
          delivery.seriesInstanceUid === seriesInstanceUid,
      ),
  );
  return [...bySeries, ...byStudy].map(({ delivery }) => delivery);
};

/** The deliveries that have to be read before a completion can be routed: they may bring what it would send. */
export const deliveriesBefore = (
  state: StudyState,
  own: WhichCompletion,
  document: ConfigurationDocument,
  series: ReadonlyMap<string, KnownSeries>,
): readonly string[] => {
  const completion = completionOf(state, own);
  const rule = completion && followedRule(own, completion, document);
  if (completion === undefined || rule === undefined) return [];
  const targets = [...new Set(rule.targets.map(nameOfTarget))];
  const ids = completion.series.flatMap(({ seriesInstanceUid, revision }) => {
    const known = series.get(seriesInstanceUid);
    return known ? targets.flatMap((target) => requestedBefore(state, own, known, { revision, target })) : [];
  });
  return [...new Set(ids)];
};
