import type { ConfigurationChange } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** A configuration that was published: `GET /api/configuration/versions`. */
export interface ConfigurationVersion {
  readonly version: number;
  readonly sha256: string;
  readonly author: string;
  readonly reason: string;
  readonly position: number;
  readonly recordedtime: Instant;
  readonly changes: readonly ConfigurationChange[];
  /** The version whose document this is again; null where it is none. */
  readonly rolledBackTo: number | null;
}
