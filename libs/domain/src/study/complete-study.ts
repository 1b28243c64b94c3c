import { StudyCompleted, StudyForceCompleted, type CollectedSeries } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { AskStudy, CompleteStudy, DiscardStudy } from './study-command.js';
import type { StudyEvent } from './study-event.js';
import { collectionOf, waitingCollections, type StudyCollection, type StudyState } from './study-state.js';
import { missingOf, whatAStudyWaitsFor } from './what-a-study-waits-for.js';

const nextRevision = ({ completions }: StudyCollection): number => (completions.at(-1)?.revision ?? 0) + 1;

/** Completes the study for a rule, forces it, or does nothing because it is too early. */
export const askStudy = (state: StudyState, command: AskStudy): readonly StudyEvent[] => {
  const { rule, now, configuration, document, pending } = command;
  const collection = collectionOf(state, rule);
  if (collection === undefined || collection.waiting.length === 0) return [];
  const outlook = whatAStudyWaitsFor(collection, document, now, pending);
  if (outlook.what === 'wait') return [];
  const concerned = {
    rule,
    configuration,
    series: [...collection.waiting],
    pending: [...pending],
    missing: outlook.what === 'force' ? [...outlook.missing] : [],
  };
  const revision = nextRevision(collection);
  if (outlook.what === 'complete') return [StudyCompleted.of({ ...concerned, revision, trigger: outlook.trigger })];
  const forced = StudyForceCompleted.of({ ...concerned, action: outlook.action, by: 'limit' });
  return outlook.action === 'proceed'
    ? [forced, StudyCompleted.of({ ...concerned, revision, trigger: 'forced' })]
    : [forced];
};

/**
 * Lets the study go on as it is, also with what was set aside before.
 * @throws CodedError `study.nothing-waits`, `study.unknown-rule` where no rule in force says where it goes
 */
export const completeStudy = (state: StudyState, command: CompleteStudy): readonly StudyEvent[] => {
  const { configuration, document, pending, follow, reason } = command;
  return concernedBy(state, command, ({ waiting, discarded }) => [...discarded, ...waiting]).map(
    ({ collection, series }) => {
      assertFollowed(command, follow ?? collection.rule);
      return StudyCompleted.of({
        rule: collection.rule,
        revision: nextRevision(collection),
        trigger: 'manual',
        ...(follow === undefined ? {} : { follow }),
        configuration,
        series: [...series],
        pending: [...pending],
        missing: [...missingOf(collection, document)],
        reason,
      });
    },
  );
};

/**
 * Lets what waits go nowhere.
 * @throws CodedError `study.nothing-waits`
 */
export const discardStudy = (state: StudyState, command: DiscardStudy): readonly StudyEvent[] => {
  const { configuration, document, pending, reason } = command;
  return concernedBy(state, command, ({ waiting }) => waiting).map(({ collection, series }) =>
    StudyForceCompleted.of({
      rule: collection.rule,
      action: 'discard',
      by: 'operator',
      configuration,
      series: [...series],
      pending: [...pending],
      missing: [...missingOf(collection, document)],
      reason,
    }),
  );
};

/** What an operator means: the collection of the rule that is named, or all in which something waits. */
const concernedBy = (
  state: StudyState,
  { rule }: { readonly rule?: string },
  seriesOf: (collection: StudyCollection) => readonly CollectedSeries[],
): readonly { readonly collection: StudyCollection; readonly series: readonly CollectedSeries[] }[] => {
  if (state.status === 'unknown') throw new CodedError('study.unknown', 'there is no such study in the log');
  const meant = rule === undefined ? waitingCollections(state) : [collectionOf(state, rule) ?? []].flat();
  const concerned = meant
    .map((collection) => ({ collection, series: seriesOf(collection) }))
    .filter(({ series }) => series.length > 0);
  if (concerned.length > 0) return concerned;
  throw new CodedError(
    'study.nothing-waits',
    `study ${state.studyInstanceUid} has nothing that waits for ${rule === undefined ? 'any rule' : `the rule '${rule}'`}`,
  );
};

const assertFollowed = ({ document, configuration }: CompleteStudy, name: string): void => {
  const rule = document.rules.find((candidate) => candidate.name === name);
  if (rule !== undefined && !rule.disabled && rule.action !== 'discard') return;
  const why = rule === undefined ? 'does not have it' : rule.disabled ? 'has it disabled' : 'lets it discard';
  throw new CodedError(
    'study.unknown-rule',
    `nothing says where the study would go for the rule '${name}': configuration ${configuration.version} ${why}; name a rule that is to be followed in its place, or discard the study`,
  );
};
