import type { Facts, StoredObject } from '@waystation/events';

/** An object of the input as the log has it. */
export interface SourceInstance {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  readonly object: StoredObject;
  readonly facts: Facts;
}
