import {
  DeliveryRequested,
  SeriesDiscarded,
  SeriesRouted,
  type ConfigurationDocument,
  type JobRequested,
  type Rule,
  type RecordedVerdict,
} from '@waystation/events';
import { calledEntityOf } from './called-entity.js';
import { deliveriesFor } from './deliveries-for.js';
import { jobsFor, routedJobsOf, type JobConfiguration } from './jobs-for.js';
import { recordedVerdict } from './recorded-verdict.js';
import type { RouteSeries } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import { identityOf, representativeOf, type PlacedIdentity } from './series-facts.js';
import { rangeOf } from './series-range.js';
import { identitiesToOpen, rulesOf, subjectOf, type OpenedIdentity, type SeriesSubject } from './series-subject.js';
import type { KnownSeries, SeriesState } from './series-state.js';

/** Asks the rules where a revision goes. Once a revision is decided it stays so. */
export const routeSeries = (state: SeriesState, command: RouteSeries): readonly SeriesEvent[] => {
  const { revision, configuration } = command;
  if (state.status === 'unknown' || isDecided(state, revision)) return [];
  const subject = subjectOf(state, rangeOf(state, revision).throughSequence, command);
  if (subject === undefined) return [];
  const entity = calledEntityOf(configuration.document, subject.calledAeTitle);
  return entity === 'keep' || entity === 'refuse' ? [undecided(command, subject)] : askRules(state, command, subject);
};

const isDecided = (state: KnownSeries, revision: number): boolean =>
  state.decisions.some((decision) => decision.revision === revision);

const askRules = (state: KnownSeries, command: RouteSeries, subject: SeriesSubject): readonly SeriesEvent[] => {
  const { revision, configuration } = command;
  const { rules } = configuration.document;
  const { verdicts, outcome, discardedBy, matched, studyRules } = rulesOf(rules).explain(subject);
  const following = rules.filter(({ name, trigger }) => trigger === 'series' && matched.includes(name));
  const followed = discardedBy ? [] : following;
  const { deliveries, withoutObjects } = deliveriesFor(state, revision, followed.filter(sendsItself), command);
  const jobs = routedJobsOf(state, jobsFor(state, revision, followed, configuration));
  const routed = SeriesRouted.of({
    ...aboutRevision(command, subject),
    outcome,
    verdicts: verdicts.map((verdict) => recordedVerdict(verdict, rules, subject.identityKeywords)),
    deliveries: [...deliveries],
    ...(jobs.length === 0 ? {} : { jobs: [...jobs] }),
    ...(studyRules.length === 0 ? {} : { studyRules: [...studyRules] }),
    ...(withoutObjects.length === 0 ? {} : { withoutObjects: [...withoutObjects] }),
  });
  return discardedBy === undefined ? [routed] : [routed, SeriesDiscarded.of({ revision, rule: discardedBy })];
};

/** Whether what came in goes to the targets; of a rule that has it processed only what comes out does. */
export const sendsItself = ({ action }: Rule): boolean => action === 'route';

/** It came to a title that nobody configured: kept, and no rule is asked. */
const undecided = (command: RouteSeries, subject: SeriesSubject): SeriesRouted => {
  const reason = `called AE title '${subject.calledAeTitle}' is not one of those that the configuration lists`;
  return SeriesRouted.of({
    ...aboutRevision(command, subject),
    outcome: 'undecided',
    reason,
    verdicts: command.configuration.document.rules.map((rule) => unasked(rule, reason)),
    deliveries: [],
  });
};

const unasked = ({ name, disabled }: Rule, reason: string): RecordedVerdict => ({
  rule: name,
  verdict: disabled ? 'disabled' : 'not-asked',
  because: disabled ? 'the rule is disabled' : reason,
});

const aboutRevision = ({ revision, configuration: { version, sha256 } }: RouteSeries, subject: SeriesSubject) => ({
  revision,
  configuration: { version, sha256 },
  representative: subject.representative.sopInstanceUid,
});

/** The identity that has to be opened before the rules can be asked about a revision; undefined where nobody asks them. */
export const identityToRoute = (state: SeriesState, revision: number): PlacedIdentity | undefined => {
  if (state.status === 'unknown' || isDecided(state, revision)) return undefined;
  const representative = representativeOf(state, rangeOf(state, revision).throughSequence);
  return representative && identityOf(state, representative);
};

/** The identities of single objects that have to be opened beside it, as {@link identitiesToOpen} says. */
export const identitiesToRoute = (
  state: SeriesState,
  { revision, configuration }: Pick<RouteSeries, 'revision' | 'configuration'>,
  opened: OpenedIdentity,
): ReadonlyMap<string, PlacedIdentity> =>
  state.status === 'unknown' || isDecided(state, revision)
    ? new Map()
    : identitiesToOpen(state, rangeOf(state, revision).throughSequence, configuration.document, opened);

/** The deliveries that follow from a decision, each the first event of its own stream. */
export const deliveriesRequestedBy = (
  state: KnownSeries,
  { revision, deliveries }: Pick<SeriesRouted['data'], 'revision' | 'deliveries'>,
): readonly DeliveryRequested[] =>
  deliveries.map(({ delivery, target, rules, priority, whole, sopInstanceUids }) => {
    const range = rangeOf(state, revision);
    const { throughSequence } = range;
    const afterSequence = whole ? 0 : range.afterSequence;
    let count = sopInstanceUids?.length ?? 0;
    if (sopInstanceUids === undefined)
      for (const { sequence } of state.instances.values())
        if (sequence > afterSequence && sequence <= throughSequence) count++;
    return DeliveryRequested.of({
      delivery,
      seriesInstanceUid: state.seriesInstanceUid,
      studyInstanceUid: state.studyInstanceUid,
      revision,
      target,
      rules,
      ...(priority === undefined ? {} : { priority }),
      instances: { afterSequence, throughSequence, count, ...(sopInstanceUids && { sopInstanceUids }) },
    });
  });

/** The jobs that follow from a decision, each the first event of its own stream. */
export const jobsRequestedBy = (
  state: KnownSeries,
  { revision, jobs = [] }: Pick<SeriesRouted['data'], 'revision' | 'jobs'>,
  configuration: JobConfiguration & { readonly document: Pick<ConfigurationDocument, 'rules'> },
): readonly JobRequested[] => {
  const { rules } = configuration.document;
  const processing = jobs.flatMap(({ rule }) => rules.filter(({ name }) => name === rule));
  return jobsFor(state, revision, processing, configuration);
};
