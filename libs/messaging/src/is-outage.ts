import { isDatabaseAway } from '@waystation/event-log';
import { CodedError } from '@waystation/kernel';

/**
 * Whether an event was not handled because something that every event needs is away. It says nothing about the event, and so is
 * no reason to give it up, however long it takes.
 */
export const isOutage = (error: unknown): boolean => {
  if (!(error instanceof CodedError)) return isDatabaseAway(error);
  if (error.code === 'object-store.unavailable') return true;
  return error.code.startsWith('log.') && isDatabaseAway(error.cause);
};
