import type { StoredObject } from '@waystation/events';
import type { SeriesRange } from './series-range.js';
import type { KnownSeries } from './series-state.js';

/** Objects whose bytes are kept, those that came under a known UID with other bytes included. */
export const livingObjects = ({
  instances,
  conflicts,
}: KnownSeries): readonly { readonly sopInstanceUid: string; readonly object: StoredObject }[] =>
  [...instances.values(), ...conflicts.values()].filter(({ expiredBy }) => expiredBy === undefined);

/** How many of the objects of a series have expired. */
export const countExpired = (state: KnownSeries): number =>
  // Asked behind every event, of series of thousands of objects: almost always nothing has.
  state.expiries.length === 0 ? 0 : state.instances.size + state.conflicts.size - livingObjects(state).length;

/** Whether bytes are gone of objects of a range: it then brings less than it had. */
export const hasExpired = (
  { expiries, instances }: KnownSeries,
  { afterSequence, throughSequence }: SeriesRange,
): boolean => {
  if (expiries.length === 0) return false;
  for (const { sequence, expiredBy } of instances.values())
    if (expiredBy !== undefined && sequence > afterSequence && sequence <= throughSequence) return true;
  return false;
};
