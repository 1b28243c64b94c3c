import type { PlacedIdentity } from '@waystation/domain';
import { idOf, identityPlace, type InstanceStored, type RecordedEvent, type SeriesOpened } from '@waystation/events';

/** What identifies a patient in an event, sealed; undefined where nothing does. */
export const placedIdentityIn = (event: RecordedEvent): PlacedIdentity | undefined => {
  const series = idOf(event.stream);
  if (event.type === 'series.opened.v1') {
    const { identity } = event.data as SeriesOpened['data'];
    return { sealed: identity, place: identityPlace.seriesOpened(series) };
  }
  if (event.type !== 'instance.stored.v1') return undefined;
  const { identity, sopInstanceUid } = event.data as InstanceStored['data'];
  return identity && { sealed: identity, place: identityPlace.instanceStored(series, sopInstanceUid) };
};
