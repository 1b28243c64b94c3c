import { seriesDecider, fold, type SeriesEvent } from '@waystation/domain';
import { streamName, type InstanceDerived, type Recorded, type StoredObject } from '@waystation/events';
import type { StudyEvidence } from '../tell-history/study-evidence.js';

/** An object of a study, and the file of a bundle that it is in. */
export interface BundledObject {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly object: StoredObject;
  readonly file: string;
}

/** Every object that a study has or that was made of it, those that came under a known UID with other bytes included; the same bytes once. */
export const objectsOf = ({ series, events }: StudyEvidence): readonly BundledObject[] => {
  const objects = new Map<string, BundledObject>();
  for (const seriesInstanceUid of series) {
    const own = events.filter(({ stream }) => stream === streamName.series(seriesInstanceUid));
    const state = fold(seriesDecider, own as unknown as readonly Recorded<SeriesEvent>[]);
    if (state.status === 'unknown') continue;
    for (const { sopInstanceUid, object } of [...state.instances.values(), ...state.conflicts.values()]) {
      const file = `objects/${object.sha256}.dcm`;
      objects.set(object.sha256, { seriesInstanceUid, sopInstanceUid, object, file });
    }
  }
  for (const { data } of events.filter(({ type }) => type === 'instance.derived.v1')) {
    const { seriesInstanceUid, sopInstanceUid, object } = data as InstanceDerived['data'];
    objects.set(object.sha256, { seriesInstanceUid, sopInstanceUid, object, file: `objects/${object.sha256}.dcm` });
  }
  return [...objects.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
};
