import type {
  DeliveryAttempted,
  DeliveryFailed,
  DeliveryHeld,
  DeliveryReleased,
  Recorded,
  RecordedEvent,
} from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { DeliveryEvent } from './delivery-event.js';
import type { DeliveryState, KnownDelivery } from './delivery-state.js';

/** What an event makes of a delivery. */
export const evolveDelivery = (state: DeliveryState, event: Recorded<DeliveryEvent>): DeliveryState => {
  if (event.type === 'delivery.requested.v1') {
    return {
      status: 'waiting',
      request: event.data,
      attempt: 0,
      attemptsInRound: 0,
      hold: undefined,
      releasedByOperator: false,
      predecessorOver: false,
      worker: undefined,
      mayRepeat: false,
      receipts: PersistentMap.empty(),
      lastFailure: undefined,
      waitingSince: event.recordedtime,
      delayMs: 0,
      waitingPosition: event.position,
      attemptPosition: undefined,
    };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'delivery.held.v1':
      return held(state, event);
    case 'delivery.released.v1':
      return released(state, event);
    case 'delivery.attempted.v1':
      return attempted(state, event);
    case 'instance.delivered.v1':
      return { ...state, receipts: state.receipts.set(event.data.sopInstanceUid, event.data.receipt) };
    case 'delivery.succeeded.v1':
      return { ...state, status: 'succeeded', endedAt: event.recordedtime };
    case 'delivery.failed.v1':
      return failed(state, event);
    case 'delivery.retry-scheduled.v1':
      return { ...waiting(state, event), waitingSince: event.recordedtime, delayMs: event.data.delayMs };
    case 'delivery.interrupted.v1':
      return { ...waiting(state, event), mayRepeat: true };
    case 'delivery.abandoned.v1':
      return { ...state, status: 'abandoned', endedAt: event.recordedtime };
    case 'delivery.redriven.v1':
      return { ...waiting(state, event), attemptsInRound: 0, waitingSince: event.recordedtime, delayMs: 0 };
    default:
      return unreachable(event);
  }
};

const waiting = (state: KnownDelivery, { position }: RecordedEvent): KnownDelivery => ({
  ...state,
  status: 'waiting',
  hold: undefined,
  endedAt: undefined,
  waitingPosition: position,
});

const held = (state: KnownDelivery, event: RecordedEvent<DeliveryHeld>): KnownDelivery => ({
  ...waiting(state, event),
  status: 'held',
  hold: event.data,
  waitingSince: event.recordedtime,
  delayMs: 0,
});

/** Whoever begins an attempt on finding that the delivery before is over holds the timer: it stays as it is. */
const released = (state: KnownDelivery, event: RecordedEvent<DeliveryReleased>): KnownDelivery => {
  const { by } = event.data;
  const next = {
    ...waiting(state, event),
    releasedByOperator: state.releasedByOperator || by === 'operator',
    predecessorOver: state.predecessorOver || by === 'predecessor',
  };
  return state.status === 'held' || by === 'operator'
    ? { ...next, waitingSince: event.recordedtime, delayMs: 0 }
    : next;
};

const attempted = (state: KnownDelivery, { data, position }: RecordedEvent<DeliveryAttempted>): KnownDelivery => ({
  ...state,
  status: 'attempting',
  attempt: data.attempt,
  attemptsInRound: state.attemptsInRound + 1,
  worker: data.worker,
  attemptPosition: position,
});

const failed = (state: KnownDelivery, { data }: RecordedEvent<DeliveryFailed>): KnownDelivery => ({
  ...state,
  attemptsInRound: Math.max(0, state.attemptsInRound - (data.by === 'waystation' ? 1 : 0)),
  mayRepeat: state.mayRepeat || data.uncertain,
  lastFailure: { code: data.code, reason: data.reason },
});
