import type { Instant } from '@waystation/kernel';

/** What a bundle says of itself, in `bundle.json`. */
export interface BundleManifest {
  readonly format: 'waystation-bundle/1';
  readonly studyInstanceUid: string;
  /** CloudEvents `source` of the log. */
  readonly source: string;
  readonly createdAt: Instant;
  /** The bundle holds what was in the log up to this position. */
  readonly head: { readonly position: number; readonly recordedtime: Instant };
  /** Streams that are there as a whole, with the number of their events; of others there is what is a cause or a configuration. */
  readonly streams: readonly { readonly stream: string; readonly events: number }[];
  /** All events, those of other streams included. */
  readonly events: number;
  readonly objects: 'included' | 'left out';
  /** Identity is in the events as it is stored: in clear, or sealed with a key that is not here. */
  readonly identity: 'as stored';
}
