import type {
  InstanceStored,
  ObjectsMoved,
  Recorded,
  RecordedEvent,
  SeriesOpened,
  StoredObject,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { SeriesEvent } from './series-event.js';
import { isSpooled } from './series-objects.js';
import type { KnownSeries, SeriesInstance, SeriesState } from './series-state.js';

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
      };
    }
    case 'objects.moved.v1':
      return moved(state, event.data);
    case 'series.completed.v1': {
      const { revision, instances, digest } = event.data;
      const completion = { revision, sequence: event.sequence, instances, digest };
      return { ...state, status: 'complete', completions: [...state.completions, completion] };
    }
    case 'series.routed.v1': {
      const { revision, outcome, configuration, deliveries } = event.data;
      return { ...state, decisions: [...state.decisions, { revision, outcome, configuration, deliveries }] };
    }
    case 'series.discarded.v1':
      return state;
    default:
      return unreachable(event);
  }
};

const opened = ({ data, recordedtime, position }: RecordedEvent<SeriesOpened>): KnownSeries => ({
  status: 'receiving',
  seriesInstanceUid: data.seriesInstanceUid,
  studyInstanceUid: data.studyInstanceUid,
  source: data.source,
  header: data.header,
  identity: data.identity,
  quietPeriodMs: data.quietPeriodMs,
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
});

/** While objects arrive, whatever arrives holds the series open; what adds nothing does not reopen it. */
const arrival = (state: KnownSeries, { recordedtime, position }: RecordedEvent): KnownSeries =>
  state.status === 'receiving' ? { ...state, lastReceivedAt: recordedtime, lastArrivalPosition: position } : state;

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
  return {
    ...state,
    status: 'receiving',
    instances: state.instances.set(sopInstanceUid, instance),
    spooled: state.spooled + Number(isSpooled(object)),
    receivingSince: state.status === 'complete' ? event.recordedtime : state.receivingSince,
    lastReceivedAt: event.recordedtime,
    lastArrivalPosition: event.position,
  };
};

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
