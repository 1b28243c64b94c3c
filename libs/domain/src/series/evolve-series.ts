import type {
  InstanceConflicted,
  InstanceDuplicated,
  InstanceStored,
  ObjectsMoved,
  Recorded,
  RecordedEvent,
  SeriesCompleted,
  SeriesOpened,
  SeriesRouted,
  SeriesSenderReleased,
  StoredObject,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import { erased, expireObjects } from '../retention/evolve-expiry.js';
import type { SeriesEvent } from './series-event.js';
import { isSpooled } from './series-objects.js';
import type { Decision, KnownSeries, SeriesInstance, SeriesState } from './series-state.js';

/** What an event makes of a series. */
export const evolveSeries = (state: SeriesState, event: Recorded<SeriesEvent>): SeriesState => {
  if (event.type === 'series.opened.v1') return opened(event);
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'instance.stored.v1':
      return stored(state, event);
    case 'instance.duplicated.v1':
      return { ...arrival(state, event), duplicates: state.duplicates + 1 };
    case 'instance.conflicted.v1': {
      const { sopInstanceUid, object } = event.data;
      return {
        ...arrival(state, event),
        conflicts: state.conflicts.set(object.sha256, { sopInstanceUid, object }),
        spooled: state.spooled + Number(isSpooled(object)),
        ...(state.status === 'complete' && { settledAt: event.recordedtime }),
      };
    }
    case 'objects.moved.v1':
      return moved(state, event.data);
    case 'series.sender-released.v1':
      return released(state, event);
    case 'series.completed.v1':
      return completed(state, event);
    case 'series.reopened.v1':
      return { ...state, status: 'receiving', reopenedBy: event.position, receivingSince: event.recordedtime };
    case 'series.routed.v1':
      return routed(state, event);
    case 'series.discarded.v1':
      return { ...state, discardedBy: event.data.rule };
    case 'objects.held.v1':
      return { ...state, hold: event.data };
    case 'objects.released.v1':
      return { ...state, hold: undefined, wasHeld: true, settledAt: event.recordedtime };
    case 'objects.expired.v1':
      return expireObjects(state, event);
    case 'objects.erased.v1':
      return erased(state, event);
    default:
      return unreachable(event);
  }
};

/** What is known of a round of arrivals before it begins. */
const nothingReceived = {
  associations: PersistentMap.empty<'open' | 'released'>(),
  unreleased: 0,
  release: undefined,
  expectedSince: undefined,
  reopenedBy: undefined,
};

const opened = ({ data, recordedtime, position }: RecordedEvent<SeriesOpened>): KnownSeries => ({
  status: 'receiving',
  seriesInstanceUid: data.seriesInstanceUid,
  studyInstanceUid: data.studyInstanceUid,
  source: data.source,
  header: data.header,
  identity: data.identity,
  quietPeriodMs: data.quietPeriodMs,
  ...(data.expectedCount === undefined ? {} : { expectedCount: data.expectedCount }),
  ...nothingReceived,
  instances: PersistentMap.empty(),
  conflicts: PersistentMap.empty(),
  duplicates: 0,
  spooled: 0,
  openedAt: recordedtime,
  receivingSince: recordedtime,
  lastReceivedAt: recordedtime,
  lastArrivalPosition: position,
  completions: [],
  decisions: [],
  expiries: [],
});

/** While objects arrive, whatever arrives holds the series open; what adds nothing does not reopen it. */
const arrival = (
  state: KnownSeries,
  event: RecordedEvent<InstanceStored | InstanceDuplicated | InstanceConflicted>,
): KnownSeries => {
  if (state.status !== 'receiving') return state;
  const { recordedtime, position, data } = event;
  return { ...over(state, data.association, event), lastReceivedAt: recordedtime, lastArrivalPosition: position };
};

/** Notes which association an object came over. The first of a new one ends what all of them released had begun. */
const over = (state: KnownSeries, association: string, { recordedtime }: RecordedEvent): KnownSeries => {
  if (state.associations.has(association)) return state;
  const associations = state.associations.set(association, 'open');
  const begun = state.release !== undefined && state.unreleased === 0;
  return {
    ...state,
    associations,
    unreleased: state.unreleased + 1,
    receivingSince: begun ? recordedtime : state.receivingSince,
  };
};

const released = (state: KnownSeries, event: RecordedEvent<SeriesSenderReleased>): KnownSeries => {
  const { association, afterReleaseMs, lost = false } = event.data;
  if (state.associations.get(association) !== 'open') return state;
  const gone: KnownSeries = {
    ...state,
    associations: state.associations.set(association, 'released'),
    unreleased: state.unreleased - 1,
  };
  // Of one that is lost nobody knows whether its sender was done: others have to have said so.
  if (lost && state.release === undefined) return gone;
  return {
    ...gone,
    release: { at: event.recordedtime, afterMs: afterReleaseMs, position: event.position },
  };
};

const completed = (state: KnownSeries, { data, sequence }: RecordedEvent<SeriesCompleted>): KnownSeries => {
  const { revision, instances, digest, whole } = data;
  const completion = { revision, sequence, instances, digest, ...(whole ? { whole } : {}) };
  return { ...state, ...nothingReceived, status: 'complete', completions: [...state.completions, completion] };
};

const routed = (state: KnownSeries, { data, recordedtime }: RecordedEvent<SeriesRouted>): KnownSeries => {
  const { revision, outcome, configuration, deliveries, jobs, studyRules } = data;
  const decision: Decision = {
    revision,
    outcome,
    configuration,
    deliveries,
    ...(jobs && { jobs }),
    ...(studyRules && { studyRules }),
  };
  return { ...state, decisions: [...state.decisions, decision], settledAt: recordedtime };
};

const stored = (state: KnownSeries, event: RecordedEvent<InstanceStored>): KnownSeries => {
  const { sopInstanceUid, sopClassUid, transferSyntaxUid, object, headerChanges, identity, warnings } = event.data;
  const instance: SeriesInstance = {
    sopInstanceUid,
    sopClassUid,
    transferSyntaxUid,
    object,
    sequence: event.sequence,
    headerChanges,
    ...(identity === undefined ? {} : { identity }),
    ...(warnings === undefined ? {} : { warnings }),
  };
  const round = over(state, event.data.association, event);
  const { quietPeriodMs = state.quietPeriodMs, expectedCount = state.expectedCount } = event.data;
  const instances = state.instances.set(sopInstanceUid, instance);
  return {
    ...round,
    status: 'receiving',
    quietPeriodMs,
    expectedCount,
    expectedSince: reaches(state, instances.size, expectedCount)
      ? (state.expectedSince ?? event.recordedtime)
      : undefined,
    instances,
    spooled: state.spooled + Number(isSpooled(object)),
    receivingSince: state.status === 'complete' ? event.recordedtime : round.receivingSince,
    lastReceivedAt: event.recordedtime,
    lastArrivalPosition: event.position,
  };
};

/** Whether as many objects as expected are there for the first time: what comes after that comes late, one by one. */
const reaches = ({ completions }: KnownSeries, size: number, expected: number | undefined): boolean =>
  expected !== undefined && size >= expected && (completions.at(-1)?.instances ?? 0) < expected;

/** Objects leave the spool. What holds a series open is what arrives, so that the last arrival is what counts behind it. */
const moved = (state: KnownSeries, { objects }: ObjectsMoved['data']): KnownSeries => {
  let { instances, conflicts, spooled } = state;
  for (const { sopInstanceUid, sha256, key } of objects) {
    const instance = instances.get(sopInstanceUid);
    const conflict = conflicts.get(sha256);
    if (instance?.object.sha256 === sha256) {
      spooled -= Number(isSpooled(instance.object));
      instances = instances.set(sopInstanceUid, { ...instance, object: inStore(instance.object, key) });
    } else if (conflict !== undefined) {
      spooled -= Number(isSpooled(conflict.object));
      conflicts = conflicts.set(sha256, { ...conflict, object: inStore(conflict.object, key) });
    }
  }
  const isLast = state.spooled > 0 && spooled === 0;
  const receivingSince = isLast ? state.lastReceivedAt : state.receivingSince;
  return { ...state, instances, conflicts, spooled, receivingSince };
};

const inStore = (object: StoredObject, movedTo: string | undefined): StoredObject => {
  const { key, sha256, size, dataSetOffset } = object;
  return { key: movedTo ?? key, sha256, size, dataSetOffset };
};
