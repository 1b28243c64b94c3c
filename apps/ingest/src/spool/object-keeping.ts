import type { NewObject } from '@waystation/object-store';
import type { ObjectLabel } from './object-label.js';

/** An object that is being made durable. */
export interface KeptObject {
  /** Where it is in the object store, or will be. */
  readonly key: string;
  /** Where it is until then; undefined for what is in the object store already. */
  readonly spool?: string;
  /** Resolves when a power cut could no longer take it; rejects with what {@link ObjectKeeping.keep} throws. */
  readonly durable: Promise<void>;
  /**
   * Runs what writes the object down in the log; to be called once. Resolves when its sender may be told Success.
   * @throws what `writing` throws, and CodedError `ingest.spool-lost`
   */
  writtenBy<Result>(writing: () => Promise<Result>): Promise<Result>;
}

/** How received objects are made durable before their senders are told Success. */
export interface ObjectKeeping {
  /** @throws CodedError `object-store.full` or `object-store.unavailable`, of the spool as well; `log.unavailable` */
  keep(object: NewObject, label: ObjectLabel): Promise<KeptObject>;
}
