import type { SeriesInstance } from '@waystation/domain';
import type { Target } from '@waystation/events';

/** One object and its series: what a sender needs to know to send it. */
export interface OutgoingInstance extends Pick<
  SeriesInstance,
  'sopInstanceUid' | 'sopClassUid' | 'transferSyntaxUid' | 'object'
> {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
}

/** The target took an object. */
export interface Acceptance {
  readonly sopInstanceUid: string;
  readonly accepted: true;
  /** In the target's own words. */
  readonly receipt: string;
  /** What it was sent in. */
  readonly transferSyntaxUid: string;
}

/** The target did not take an object, or there was nothing to send that it would take. */
export interface Refusal {
  readonly sopInstanceUid: string;
  readonly accepted: false;
  /** In the target's own words, or why nothing was sent. */
  readonly receipt: string;
  /** Trying again cannot help. */
  readonly final: boolean;
}

/** What became of one object. */
export type TargetReceipt = Acceptance | Refusal;

/** How objects get to one kind of target. */
export interface TargetSender<Kind extends Target = Target> {
  /**
   * Sends the objects one after another and reports each as soon as the target answered.
   * @param onReceipt awaited: a sender does not run ahead of the record of what it did
   * @throws CodedError where the target cannot be reached or breaks off; receipts given until then stand
   */
  send(
    target: Kind,
    instances: readonly OutgoingInstance[],
    onReceipt: (receipt: TargetReceipt) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}
