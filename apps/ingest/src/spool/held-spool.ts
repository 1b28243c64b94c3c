import type { Office } from '@waystation/event-log';
import type { SpoolFolder } from '@waystation/object-store';
import type { SpoolProgress } from './spool-progress.js';

/** The folder of one writer, for as long as this process holds the office that goes with it. */
export interface HeldSpool {
  readonly office: Office;
  readonly folder: SpoolFolder;
  readonly progress: SpoolProgress;
  /** Whether a file stays as it is. */
  isFinished(file: string): boolean;
  /** Whether it does, and the log knows every object in it that it will ever know of. */
  isSettled(file: string): boolean;
  /** The file is gone. */
  forget(file: string): void;
}

/** The office of whoever writes or empties the folder of a writer; a checkpoint of this name says that the log knows it. */
export const officeOfSpool = (writer: string): string => `spool/${writer}`;

/**
 * For so long after its writer was heard of last an object may turn up in the log: an append that was sent takes effect
 * within this time or never. The database gives up on one after 10 s.
 */
export const DOUBT_MS = 30_000;
