import {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  SeriesOpened,
  type FactChanges,
  type Facts,
  type Identity,
  type StoredObject,
} from '@waystation/events';
import { CodedError, instantAfter, type Instant } from '@waystation/kernel';
import { tellExpiry } from '../retention/expiry.js';
import { headerFromSender } from './header-from-sender.js';
import type { SeriesEvent } from './series-event.js';
import type { StoreInstance } from './series-command.js';
import type { KnownSeries, SeriesExpiry, SeriesState } from './series-state.js';

/**
 * New object, the same again, or the same UID with other bytes: each is a fact, none is lost. One that expired and comes
 * again is new.
 * @throws CodedError `object-store.expiring`
 */
export const storeInstance = (state: SeriesState, command: StoreInstance): readonly SeriesEvent[] => {
  const { instance, source } = command;
  const { sopInstanceUid, object } = instance;
  const association = source.association;
  const header = headerFromSender(command.header, source);
  const warnings = command.warnings?.length ? { warnings: [...command.warnings] } : {};
  if (state.status === 'unknown') {
    const { seriesInstanceUid, studyInstanceUid, quietPeriodMs, expectedCount } = command;
    const identity = command.identity.seriesOpened;
    const opened = { seriesInstanceUid, studyInstanceUid, source, header, identity, quietPeriodMs };
    return [
      SeriesOpened.of({ ...opened, ...(expectedCount === undefined ? {} : { expectedCount }) }),
      InstanceStored.of({ ...instance, association, headerChanges: {}, ...warnings }),
    ];
  }
  assertNotErased(state, object, command.keptSince);
  const known = state.instances.get(sopInstanceUid);
  if (known === undefined || known.expiredBy !== undefined) {
    return [
      InstanceStored.of({
        ...instance,
        association,
        headerChanges: changesBetween(state.header, header),
        ...(sameIdentity(state.identity, command.identity.seriesOpened)
          ? {}
          : { identity: command.identity.instanceStored }),
        ...warnings,
        ...completionChanges(state, command),
      }),
    ];
  }
  const conflict = state.conflicts.get(object.sha256);
  if (known.object.sha256 === object.sha256 || (conflict !== undefined && conflict.expiredBy === undefined))
    return [InstanceDuplicated.of({ sopInstanceUid, sha256: object.sha256, association })];
  return [InstanceConflicted.of({ ...instance, association, conflictsWith: known.object.sha256 })];
};

/** The clocks of the database and of a receiver differ by less. */
const CLOCKS_MS = 5_000;

/**
 * An object that has the place of one that is just being erased would be erased with it, and one that was found there before
 * it was erased is gone: whoever sends it is to try again.
 * @throws CodedError `object-store.expiring`
 */
const assertNotErased = (
  { expiries, seriesInstanceUid }: KnownSeries,
  { key, spool }: StoredObject,
  keptSince: Instant | undefined,
): void => {
  const found = spool === undefined ? keptSince : undefined;
  const isIn = ({ erased, erasedAt }: SeriesExpiry): boolean =>
    !erased || (found !== undefined && erasedAt !== undefined && instantAfter(erasedAt, CLOCKS_MS) > found);
  const expiry = expiries.find((one) => isIn(one) && one.objects.some((object) => object.key === key));
  if (expiry === undefined) return;
  const sentence = `an object of series ${seriesInstanceUid} that ${tellExpiry(expiry)}; it is being erased, and is taken again once that is done`;
  throw new CodedError('object-store.expiring', sentence);
};

/** What the object changes about when the series is complete. */
const completionChanges = (
  state: KnownSeries,
  { quietPeriodMs, expectedCount }: StoreInstance,
): Pick<InstanceStored['data'], 'quietPeriodMs' | 'expectedCount'> => ({
  ...(state.status === 'complete' && quietPeriodMs !== state.quietPeriodMs ? { quietPeriodMs } : {}),
  ...(expectedCount !== undefined && expectedCount > (state.expectedCount ?? 0) ? { expectedCount } : {}),
});

const changesBetween = (from: Facts, to: Facts): FactChanges => {
  const changes: Record<string, string | null> = {};
  for (const [keyword, value] of Object.entries(to)) if (from[keyword] !== value) changes[keyword] = value;
  for (const keyword of Object.keys(from)) if (!(keyword in to)) changes[keyword] = null;
  return changes;
};

/** The same facts under the same key give the same; under another key nobody may know that they are the same. */
const sameIdentity = (a: Identity, b: Identity): boolean =>
  a.key === b.key && a.iv === b.iv && a.tag === b.tag && a.ciphertext === b.ciphertext;
