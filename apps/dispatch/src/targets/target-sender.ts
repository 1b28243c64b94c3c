import type { SeriesInstance } from '@waystation/domain';
import type { Target } from '@waystation/events';

/** One object and its series: what a sender needs to know to send it. */
export interface OutgoingInstance extends SeriesInstance {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
}

/** What a target said of one object. */
export interface TargetReceipt {
  readonly sopInstanceUid: string;
  readonly accepted: boolean;
  /** In the target's own words. */
  readonly receipt: string;
}

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
