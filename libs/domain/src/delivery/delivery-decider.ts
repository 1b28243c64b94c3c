import { DeliveryRedriven, InstanceDelivered } from '@waystation/events';
import { CodedError, unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import type { DeliveryCommand, RecordReceipts, RedriveDelivery } from './delivery-command.js';
import { dueOf } from './delivery-due.js';
import type { DeliveryEvent } from './delivery-event.js';
import { unknownDelivery, type DeliveryState, type KnownDelivery } from './delivery-state.js';
import { evolveDelivery } from './evolve-delivery.js';
import { finishAttempt } from './finish-attempt.js';
import { holdDelivery, releaseDelivery, reviewHold } from './hold-and-release.js';
import { startAttempt } from './start-attempt.js';

/** The life of a delivery: waiting or held, attempting, and either succeeded or, after the last retry, abandoned. */
export const deliveryDecider: Decider<DeliveryState, DeliveryCommand, DeliveryEvent> = {
  initial: unknownDelivery,
  decide: (state, command) => {
    if (state.status === 'unknown')
      throw new CodedError('delivery.unknown', 'there is no such delivery: its stream has no events');
    switch (command.kind) {
      case 'start-attempt':
        return startAttempt(state, command);
      case 'review-hold':
        return reviewHold(state, command);
      case 'record-receipts':
        return recordReceipts(ownAttempt(state, command.attempt), command);
      case 'finish-attempt':
        return finishAttempt(ownAttempt(state, command.attempt), command);
      case 'redrive-delivery':
        return redrive(state, command);
      case 'hold-delivery':
        return holdDelivery(state, command);
      case 'release-delivery':
        return releaseDelivery(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveDelivery,
  due: dueOf,
};

const ownAttempt = (state: KnownDelivery, attempt: number): KnownDelivery => {
  if (state.status === 'attempting' && state.attempt === attempt) return state;
  throw new CodedError(
    'delivery.superseded',
    `attempt ${attempt} of delivery ${state.request.delivery} is over: the delivery is ${state.status}, attempt ${state.attempt}`,
  );
};

/** The first receipt of an object stands, also where one batch brings several. */
const recordReceipts = (state: KnownDelivery, command: RecordReceipts): readonly DeliveryEvent[] => {
  const events: DeliveryEvent[] = [];
  const seen = new Set<string>();
  for (const receipt of command.receipts) {
    if (state.receipts.has(receipt.sopInstanceUid) || seen.has(receipt.sopInstanceUid)) continue;
    seen.add(receipt.sopInstanceUid);
    events.push(InstanceDelivered.of({ ...receipt, attempt: command.attempt }));
  }
  return events;
};

const redrive = (state: KnownDelivery, { reason }: RedriveDelivery): readonly DeliveryEvent[] => {
  if (state.status === 'waiting' || state.status === 'abandoned') return [DeliveryRedriven.of({ reason })];
  throw new CodedError(
    'delivery.not-redrivable',
    state.status === 'held'
      ? `delivery ${state.request.delivery} is held; it is sent now if it is released`
      : `delivery ${state.request.delivery} is ${state.status}; only a waiting or abandoned one can be tried again`,
  );
};
