import { ObjectsMoved } from '@waystation/events';
import type { MoveObjects } from './series-command.js';
import type { SeriesEvent } from './series-event.js';
import { isSpooled, objectOf } from './series-objects.js';
import type { SeriesState } from './series-state.js';

/** Those that were in a spool until now are moved; what is in the object store already is no news. */
export const moveObjects = (state: SeriesState, command: MoveObjects): readonly SeriesEvent[] => {
  if (state.status === 'unknown') return [];
  const moved = new Map<string, ObjectsMoved['data']['objects'][number]>();
  for (const { sopInstanceUid, sha256, key } of command.objects) {
    const known = objectOf(state, sopInstanceUid, sha256);
    if (known === undefined || !isSpooled(known)) continue;
    moved.set(sha256, { sopInstanceUid, sha256, ...(key === known.key ? {} : { key }) });
  }
  if (moved.size === 0) return [];
  return [ObjectsMoved.of({ objects: [...moved.values()], remaining: state.spooled - moved.size })];
};
