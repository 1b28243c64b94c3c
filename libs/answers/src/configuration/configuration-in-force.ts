import type { ConfigurationDocument } from '@waystation/events';

/** The configuration in force, or one that was: `GET /api/configuration`, `GET /api/configuration/versions/:version`. */
export interface ConfigurationInForce {
  /** 0 where none was published yet. */
  readonly version: number;
  readonly sha256: string;
  readonly document: ConfigurationDocument;
}
