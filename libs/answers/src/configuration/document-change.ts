import type { ConfigurationChange } from '@waystation/events';

/** Where two configurations differ, with the values on both sides: `GET /api/configuration/diff`. */
export interface DocumentChange extends ConfigurationChange {
  /** Left out where it was added. */
  readonly before?: unknown;
  /** Left out where it was removed. */
  readonly after?: unknown;
}
