import { seriesDecider, fold, tellExpiry, type SeriesEvent } from '@waystation/domain';
import {
  streamName,
  type InstanceDerived,
  type JobExpired,
  type Recorded,
  type StoredObject,
} from '@waystation/events';
import type { StudyEvidence } from '../tell-history/study-evidence.js';

/** An object of a study, and the file of a bundle that it is in. */
export interface BundledObject {
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly object: StoredObject;
  readonly file: string;
  /** Why its bytes are not kept any more; undefined where they are. */
  readonly expired: string | undefined;
}

/** Every object that a study has or that was made of it, those that came under a known UID with other bytes included; the same bytes once. */
export const objectsOf = ({ series, events }: StudyEvidence): readonly BundledObject[] => {
  const objects = new Map<string, BundledObject>();
  for (const seriesInstanceUid of series) {
    const own = events.filter(({ stream }) => stream === streamName.series(seriesInstanceUid));
    const state = fold(seriesDecider, own as unknown as readonly Recorded<SeriesEvent>[]);
    if (state.status === 'unknown') continue;
    for (const { sopInstanceUid, object, expiredBy } of [...state.instances.values(), ...state.conflicts.values()]) {
      const file = `objects/${object.sha256}.dcm`;
      const expiry = state.expiries.find(({ position }) => position === expiredBy);
      const expired = expiry && tellExpiry(expiry);
      objects.set(object.sha256, { seriesInstanceUid, sopInstanceUid, object, file, expired });
    }
  }
  for (const { data, stream } of events.filter(({ type }) => type === 'instance.derived.v1')) {
    const { attempt, seriesInstanceUid, sopInstanceUid, object } = data as InstanceDerived['data'];
    const expiry = events.find(
      ({ type, stream: own, data: said }) =>
        type === 'job.expired.v1' && own === stream && attempt <= (said as JobExpired['data']).attempt,
    );
    objects.set(object.sha256, {
      ...{ seriesInstanceUid, sopInstanceUid, object },
      file: `objects/${object.sha256}.dcm`,
      expired: expiry && `expired (job.expired at position ${expiry.position})`,
    });
  }
  return [...objects.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
};
