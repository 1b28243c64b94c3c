import type { StoredObject } from '@waystation/events';
import type { KnownSeries } from './series-state.js';

/** What is known of the object with these bytes under a SOP Instance UID, be it the one that travels or a conflicting one. */
export const objectOf = (state: KnownSeries, sopInstanceUid: string, sha256: string): StoredObject | undefined => {
  const instance = state.instances.get(sopInstanceUid);
  return instance?.object.sha256 === sha256 ? instance.object : state.conflicts.get(sha256)?.object;
};

/** Whether an object is in a spool and not in the object store yet. */
export const isSpooled = (object: StoredObject): boolean => object.spool !== undefined;
