import type { ObjectsErased, ObjectsExpired, RecordedEvent } from '@waystation/events';
import type { KnownSeries } from '../series/series-state.js';

/** Objects are let go. What they say of themselves stays: decisions of the past can be made again. */
export const expireObjects = (
  state: KnownSeries,
  { data, position, recordedtime }: RecordedEvent<ObjectsExpired>,
): KnownSeries => {
  let { instances, conflicts } = state;
  for (const { sopInstanceUid, sha256 } of data.objects) {
    const instance = instances.get(sopInstanceUid);
    const conflict = conflicts.get(sha256);
    if (instance?.object.sha256 === sha256)
      instances = instances.set(sopInstanceUid, { ...instance, expiredBy: position });
    else if (conflict !== undefined) conflicts = conflicts.set(sha256, { ...conflict, expiredBy: position });
  }
  const { policy, because, objects } = data;
  const expiry = { position, at: recordedtime, policy, because, erased: false, objects };
  return { ...state, instances, conflicts, expiries: [...state.expiries, expiry] };
};

/** Their bytes are gone. */
export const erased = (
  state: KnownSeries,
  { data, recordedtime: erasedAt }: RecordedEvent<ObjectsErased>,
): KnownSeries => ({
  ...state,
  expiries: state.expiries.map((expiry) =>
    expiry.position === data.expired ? { ...expiry, erased: true, erasedAt } : expiry,
  ),
});
