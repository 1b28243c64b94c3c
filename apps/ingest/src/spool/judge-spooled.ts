import { isSpooled, objectOf, type SeriesState } from '@waystation/domain';
import type { StoredObject } from '@waystation/events';
import type { SpooledObject } from '@waystation/object-store';
import type { ObjectLabel } from './object-label.js';

/** What is to be done about an object in a spool. */
export type Judgement =
  /** The log says that it is in a spool: move it. */
  | { readonly verdict: 'move'; readonly label: ObjectLabel; readonly known: StoredObject }
  /** The log does not need it, or not any more. */
  | { readonly verdict: 'done' }
  /** Its event may still be on its way to the log. */
  | { readonly verdict: 'wait' };

/**
 * Decides about an object that lies in a spool. Any copy of an object that the log says is in a spool is moved, wherever the
 * log says it is: the same object that was sent again heals the loss of the first.
 * @param state of its series, read after `isSettled` was found out; undefined where the object has no label that one can read
 * @param isSettled whether the log will never know of it if it does not know of it yet
 */
export const judgeSpooled = (
  object: Pick<SpooledObject, 'sha256' | 'size'>,
  label: ObjectLabel | undefined,
  state: SeriesState | undefined,
  isSettled: boolean,
): Judgement => {
  const known =
    label === undefined || state === undefined || state.status === 'unknown'
      ? undefined
      : objectOf(state, label.sopInstanceUid, object.sha256);
  // The hash is that of the data set: with other file meta information in front of it, it is not what the log describes.
  if (label === undefined || known === undefined || known.size !== object.size)
    return { verdict: isSettled ? 'done' : 'wait' };
  return isSpooled(known) ? { verdict: 'move', label, known } : { verdict: 'done' };
};
