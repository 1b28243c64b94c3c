import type { Instant } from '@waystation/kernel';

/** One line about a series. @typeParam When how an instant stands: as text once it is sent */
export interface SeriesLine<When = Instant> {
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly status: string;
  readonly modality: string;
  readonly description: string;
  /** Name and Patient ID; `(forgotten)` where nobody can know any more. */
  readonly patient: string;
  /** Calling AE title of the first association. */
  readonly sender: string;
  readonly instances: number;
  readonly duplicates: number;
  readonly conflicts: number;
  /** Objects that are in a spool and not in the object store yet: the series is not complete before none is. */
  readonly spooled: number;
  /** Objects whose bytes are not kept any more. */
  readonly expired: number;
  /** Who wants its objects kept, and why; null where nobody does. */
  readonly hold: string | null;
  readonly revision: number;
  /** What the rules last decided; null before. */
  readonly outcome: string | null;
  readonly openedAt: When;
  readonly lastReceivedAt: When;
  /** Of the last event of the series. */
  readonly position: number;
}
