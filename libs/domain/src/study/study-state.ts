import type { CollectedSeries, StudyCompleted, StudyRouted, StudySeriesAdded } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** One time at which the study counted as complete for a rule. */
export interface StudyCompletion extends Pick<
  StudyCompleted['data'],
  'revision' | 'trigger' | 'follow' | 'configuration' | 'series'
> {
  /** What was requested; undefined until that is decided. */
  readonly routed: Pick<StudyRouted['data'], 'deliveries' | 'alreadyRequested' | 'jobs'> | undefined;
}

/** What a rule that waits for the study has collected of it. */
export interface StudyCollection {
  readonly rule: string;
  /** What waits, in the order in which it matched; nothing does while the study counts as complete for the rule. */
  readonly waiting: readonly CollectedSeries[];
  /** When the first of what waits matched. */
  readonly waitingSince: Instant;
  readonly lastMatchedAt: Instant;
  /** Position of that last match: the cause of what follows from waiting. */
  readonly lastMatchPosition: number;
  /** The limit of the rule passed and it waits on all the same. */
  readonly unlimited: boolean;
  /** What the limit or an operator set aside. It goes nowhere unless an operator wants it after all. */
  readonly discarded: readonly CollectedSeries[];
  readonly completions: readonly StudyCompletion[];
}

export interface StudyState {
  readonly status: 'unknown' | 'open';
  readonly studyInstanceUid: string;
  /** In order of arrival. */
  readonly series: readonly StudySeriesAdded['data'][];
  /** One for each rule that ever matched, in the order in which they first did. */
  readonly collections: readonly StudyCollection[];
}

export const unknownStudy: StudyState = { status: 'unknown', studyInstanceUid: '', series: [], collections: [] };

/** What a rule has collected; undefined where it never matched. */
export const collectionOf = (state: StudyState, rule: string): StudyCollection | undefined =>
  state.collections.find((collection) => collection.rule === rule);

/** Those in which something waits. */
export const waitingCollections = (state: StudyState): readonly StudyCollection[] =>
  state.collections.filter(({ waiting }) => waiting.length > 0);

/** Everything that a rule has or had collected, apart from what was set aside. */
export const collectedEver = ({ completions, waiting }: StudyCollection): readonly CollectedSeries[] => [
  ...completions.flatMap(({ series }) => series),
  ...waiting,
];
