import { CodedError } from '@waystation/kernel';
import { eventHash } from '../append/event-hash.js';
import type { StoredEvent } from '../read/stored-event.js';

/**
 * Makes sure that an event is where and what it should be, before anybody vouches for it.
 * @param purpose what it is read for: `sealed`, `archived`
 * @throws log.hole, log.changed-event
 */
export const assertWhole = (event: StoredEvent, position: number, purpose: string): void => {
  if (event.position !== position) throw hole(position, purpose);
  if (eventHash(event).equals(event.hash)) return;
  throw new CodedError(
    'log.changed-event',
    `the event at position ${position} is not the one that was appended, so it cannot be ${purpose}`,
  );
};

/** @throws log.hole where positions are missing at the end */
export const assertEnd = (reached: number, to: number, purpose: string): void => {
  if (reached < to) throw hole(reached + 1, purpose);
};

const hole = (position: number, purpose: string): CodedError =>
  new CodedError('log.hole', `position ${position} is missing from the log, so it cannot be ${purpose}`);
