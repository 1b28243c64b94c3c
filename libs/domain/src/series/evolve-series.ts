import type { InstanceStored, Recorded, RecordedEvent, SeriesOpened } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { SeriesEvent } from './series-event.js';
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
      };
    }
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
    receivingSince: state.status === 'complete' ? event.recordedtime : state.receivingSince,
    lastReceivedAt: event.recordedtime,
    lastArrivalPosition: event.position,
  };
};
