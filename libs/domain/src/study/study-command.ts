import type {
  CollectedSeries,
  ConfigurationDocument,
  DeliveryRequested,
  StudyCompleted,
  StudySeriesAdded,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { KnownSeries } from '../series/series-state.js';
import type { OpenedIdentity } from '../series/series-subject.js';

/** A series was seen to belong to the study. */
export interface AddSeries {
  readonly kind: 'add-series';
  readonly studyInstanceUid: string;
  readonly series: StudySeriesAdded['data'];
}

/** Rules that wait for the study matched a revision of one of its series. */
export interface CollectSeries {
  readonly kind: 'collect-series';
  readonly studyInstanceUid: string;
  /** What the study knows it by, should this be the first that it hears of it. */
  readonly added: StudySeriesAdded['data'];
  readonly series: CollectedSeries;
  readonly rules: readonly string[];
}

/** What is in force while something is asked. */
interface InForce {
  readonly configuration: StudyCompleted['data']['configuration'];
  readonly document: ConfigurationDocument;
  /** Series of the study that still come or are undecided. */
  readonly pending: readonly string[];
}

/** The timer of the study went off: is it complete for the rule? */
export interface AskStudy extends InForce {
  readonly kind: 'ask-study';
  readonly rule: string;
  /** The database's clock. */
  readonly now: Instant;
}

/** An operator wants the study to go on as it is. */
export interface CompleteStudy extends InForce {
  readonly kind: 'complete-study';
  /** Left out, every rule for which something waits. */
  readonly rule?: string;
  /** The rule that says where it goes in place of the one that waited. */
  readonly follow?: string;
  readonly reason: string;
}

/** An operator wants what waits to go nowhere. */
export interface DiscardStudy extends InForce {
  readonly kind: 'discard-study';
  readonly rule?: string;
  readonly reason: string;
}

/** Where does a completed study go? */
export interface RouteStudy {
  readonly kind: 'route-study';
  readonly rule: string;
  readonly revision: number;
  /** The configuration under which it was completed. */
  readonly document: ConfigurationDocument;
  /** The series of the completion, by UID. */
  readonly series: ReadonlyMap<string, KnownSeries>;
  /** Who the patients are, by Series Instance UID, where the rule asks single objects. */
  readonly opened: ReadonlyMap<string, OpenedIdentity>;
  /** What {@link deliveriesBefore} names, by id. */
  readonly requested: ReadonlyMap<string, DeliveryRequested['data']>;
}

export type StudyCommand = AddSeries | CollectSeries | AskStudy | CompleteStudy | DiscardStudy | RouteStudy;
