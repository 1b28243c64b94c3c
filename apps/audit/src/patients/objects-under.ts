import { fold, seriesDecider, type SeriesEvent } from '@waystation/domain';
import type { Recorded, RecordedEvent } from '@waystation/events';

/** The objects of a series whose patient is sealed with one of these keys, by their keys in the object store. */
export const objectsUnder = (keys: readonly string[], events: readonly RecordedEvent[]): readonly string[] => {
  const state = fold(seriesDecider, events as readonly Recorded<SeriesEvent>[]);
  if (state.status === 'unknown') return [];
  const isTheirs = (sopInstanceUid: string): boolean =>
    keys.includes((state.instances.get(sopInstanceUid)?.identity ?? state.identity).key);
  // What came under the same UID with other bytes is listed with the object it conflicts with.
  const all = [...state.instances.values(), ...state.conflicts.values()];
  return [...new Set(all.filter(({ sopInstanceUid }) => isTheirs(sopInstanceUid)).map(({ object }) => object.key))];
};
