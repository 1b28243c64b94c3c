import { ObjectsErased, ObjectsExpired, ObjectsHeld, ObjectsReleased } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { livingObjects } from '../series/living-objects.js';
import type { SeriesEvent } from '../series/series-event.js';
import type { KnownSeries, SeriesState } from '../series/series-state.js';
import type { ExpireObjects, HoldObjects, NoteErased, ReleaseObjects } from './expiry-command.js';
import { outlookOfSeries } from './outlook.js';

/** Lets the objects of a series go where they are kept no longer. Nothing is erased here: that follows from the event. */
export const expireObjectsOf = (state: SeriesState, command: ExpireObjects): readonly SeriesEvent[] => {
  if (state.status !== 'complete') return [];
  const outlook = outlookOfSeries(state, command);
  if (outlook.what !== 'expires') return [];
  const { fate, kept, days } = outlook;
  const { version, sha256 } = command.configuration;
  return [
    ObjectsExpired.of({
      ...(kept.policy === undefined ? {} : { policy: kept.policy }),
      configuration: { version, sha256 },
      ended: fate.ended,
      endedAt: fate.endedAt,
      keptDays: days,
      because: kept.because,
      objects: livingObjects(state).map(({ sopInstanceUid, object: { sha256: hash, key } }) => ({
        sopInstanceUid,
        sha256: hash,
        key,
      })),
    }),
  ];
};

/** Their bytes are gone; said once. */
export const noteErased = (state: SeriesState, { kind: _kind, ...erasure }: NoteErased): readonly SeriesEvent[] =>
  state.status !== 'unknown' && state.expiries.some(({ position, erased }) => position === erasure.expired && !erased)
    ? [ObjectsErased.of(erasure)]
    : [];

/**
 * Keeps the objects of a series whatever the configuration says, those that are still to come as well.
 * @throws CodedError `series.unknown`
 */
export const holdObjects = (state: SeriesState, { author, reason }: HoldObjects): readonly SeriesEvent[] =>
  known(state).hold === undefined ? [ObjectsHeld.of({ author, reason })] : [];

/** Keeps them as long as the configuration says again. @throws CodedError `series.unknown` */
export const releaseObjects = (state: SeriesState, { author, reason }: ReleaseObjects): readonly SeriesEvent[] =>
  known(state).hold === undefined ? [] : [ObjectsReleased.of({ author, reason })];

const known = (state: SeriesState): KnownSeries => {
  if (state.status !== 'unknown') return state;
  throw new CodedError('series.unknown', 'no object of this series was ever received');
};
