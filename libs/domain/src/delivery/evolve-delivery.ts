import type { Recorded } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { PersistentMap } from '../persistent-map.js';
import type { DeliveryEvent } from './delivery-event.js';
import type { DeliveryState } from './delivery-state.js';

/** What an event makes of a delivery. */
export const evolveDelivery = (state: DeliveryState, event: Recorded<DeliveryEvent>): DeliveryState => {
  if (event.type === 'delivery.requested.v1') {
    return {
      status: 'waiting',
      request: event.data,
      attempt: 0,
      attemptsInRound: 0,
      worker: undefined,
      mayRepeat: false,
      receipts: PersistentMap.empty(),
      lastFailure: undefined,
      waitingSince: event.recordedtime,
      delayMs: 0,
    };
  }
  if (state.status === 'unknown') return state;
  switch (event.type) {
    case 'delivery.attempted.v1': {
      const { attempt, worker } = event.data;
      return { ...state, status: 'attempting', attempt, attemptsInRound: state.attemptsInRound + 1, worker };
    }
    case 'instance.delivered.v1':
      return { ...state, receipts: state.receipts.set(event.data.sopInstanceUid, event.data.receipt) };
    case 'delivery.succeeded.v1':
      return { ...state, status: 'succeeded' };
    case 'delivery.failed.v1':
      return { ...state, lastFailure: { code: event.data.code, reason: event.data.reason } };
    case 'delivery.retry-scheduled.v1':
      return { ...state, status: 'waiting', waitingSince: event.recordedtime, delayMs: event.data.delayMs };
    case 'delivery.interrupted.v1':
      return { ...state, status: 'waiting', mayRepeat: true };
    case 'delivery.abandoned.v1':
      return { ...state, status: 'abandoned' };
    case 'delivery.redriven.v1':
      return { ...state, status: 'waiting', attemptsInRound: 0, waitingSince: event.recordedtime, delayMs: 0 };
    default:
      return unreachable(event);
  }
};
