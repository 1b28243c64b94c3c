import { CodedError } from '@waystation/kernel';

/** What says that Waystation lacks what it needs, of which the target knows nothing. */
const own: ReadonlySet<string> = new Set(['log.unavailable', 'log.outcome-unknown', 'object-store.unavailable']);

/** Whether the log or the object store being away is what a failure comes from, however often it was told on. */
export const isOwnFault = (error: unknown): boolean =>
  error instanceof Error && ((error instanceof CodedError && own.has(error.code)) || isOwnFault(error.cause));
