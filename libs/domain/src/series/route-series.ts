import { createHash } from 'node:crypto';
import { DeliveryRequested, SeriesDiscarded, SeriesRouted } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { evaluateRules } from '@waystation/rules';
import type { RouteSeries } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import { factsOf, identityOf, representativeOf, type PlacedIdentity } from './series-facts.js';
import type { KnownSeries, SeriesState } from './series-state.js';

/** Asks the rules where a revision goes. Once a revision is decided it stays so. */
export const routeSeries = (state: SeriesState, command: RouteSeries): readonly SeriesEvent[] => {
  const { revision, configuration, identity } = command;
  if (state.status === 'unknown' || state.decisions.some((decision) => decision.revision === revision)) return [];
  const representative = representativeOf(state, rangeOf(state, revision).throughSequence);
  if (representative === undefined) return [];
  const facts = factsOf(state, representative, identity);
  const identityKeywords = new Set(Object.keys(identity));
  const result = evaluateRules(configuration.document.rules, facts, { identityKeywords });
  const routed = SeriesRouted.of({
    revision,
    outcome: result.outcome,
    configuration: { version: configuration.version, sha256: configuration.sha256 },
    representative: representative.sopInstanceUid,
    verdicts: [...result.verdicts],
    deliveries: result.targets.map(({ target, rules }) => ({
      delivery: deliveryId(state.seriesInstanceUid, revision, target),
      target,
      rules: [...rules],
    })),
  });
  return result.discardedBy === undefined
    ? [routed]
    : [routed, SeriesDiscarded.of({ revision, rule: result.discardedBy })];
};

/** The identity that has to be opened before the rules can be asked about a revision; undefined where nobody asks them. */
export const identityToRoute = (state: SeriesState, revision: number): PlacedIdentity | undefined => {
  if (state.status === 'unknown' || state.decisions.some((decision) => decision.revision === revision))
    return undefined;
  const representative = representativeOf(state, rangeOf(state, revision).throughSequence);
  return representative && identityOf(state, representative);
};

/** The deliveries that follow from a decision, each the first event of its own stream. */
export const deliveriesRequestedBy = (
  state: KnownSeries,
  routed: SeriesRouted['data'],
): readonly DeliveryRequested[] => {
  const { afterSequence, throughSequence } = rangeOf(state, routed.revision);
  let count = 0;
  for (const { sequence } of state.instances.values()) {
    if (sequence > afterSequence && sequence <= throughSequence) count++;
  }
  return routed.deliveries.map(({ delivery, target, rules }) =>
    DeliveryRequested.of({
      delivery,
      seriesInstanceUid: state.seriesInstanceUid,
      studyInstanceUid: state.studyInstanceUid,
      revision: routed.revision,
      target,
      rules,
      instances: { afterSequence, throughSequence, count },
    }),
  );
};

/** Which part of the stream a revision is about: what was stored since the revision before. */
const rangeOf = (state: KnownSeries, revision: number): { afterSequence: number; throughSequence: number } => {
  const completion = state.completions.find((candidate) => candidate.revision === revision);
  if (completion === undefined) {
    throw new CodedError(
      'series.unknown-revision',
      `series ${state.seriesInstanceUid} has ${state.completions.length} revisions, asked for revision ${revision}`,
    );
  }
  const before = state.completions.findLast((candidate) => candidate.revision < revision);
  return { afterSequence: before?.sequence ?? 0, throughSequence: completion.sequence };
};

/** The same for the same question, so that asking twice cannot request twice. 80 bits: short enough to type. */
const deliveryId = (seriesInstanceUid: string, revision: number, target: string): string =>
  createHash('sha256').update(`${seriesInstanceUid}\n${revision}\n${target}`).digest('hex').slice(0, 20);
