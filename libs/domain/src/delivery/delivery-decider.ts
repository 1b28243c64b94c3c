import { DeliveryRedriven, InstanceDelivered } from '@waystation/events';
import { CodedError, unreachable } from '@waystation/kernel';
import type { Decider } from '../decider.js';
import type { DeliveryCommand, RecordReceipts, RedriveDelivery } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import { unknownDelivery, type DeliveryState, type KnownDelivery } from './delivery-state.js';
import { evolveDelivery } from './evolve-delivery.js';
import { finishAttempt } from './finish-attempt.js';
import { startAttempt } from './start-attempt.js';

/** The lane of a target: the queue of its deliveries. A dead target delays nobody else. */
export const laneOf = (target: string): string => `deliver/${target}`;

/** The life of a delivery: waiting, attempting, and either succeeded or, after the last retry, abandoned. */
export const deliveryDecider: Decider<DeliveryState, DeliveryCommand, DeliveryEvent> = {
  initial: unknownDelivery,
  decide: (state, command) => {
    if (state.status === 'unknown')
      throw new CodedError('delivery.unknown', 'there is no such delivery: its stream has no events');
    switch (command.kind) {
      case 'start-attempt':
        return startAttempt(state, command);
      case 'record-receipts':
        return recordReceipts(ownAttempt(state, command.attempt), command);
      case 'finish-attempt':
        return finishAttempt(ownAttempt(state, command.attempt), command);
      case 'redrive-delivery':
        return redrive(state, command);
      default:
        return unreachable(command);
    }
  },
  evolve: evolveDelivery,
  due: (state) =>
    state.status === 'waiting' || state.status === 'attempting'
      ? { queue: laneOf(state.request.target), since: state.waitingSince, afterMs: state.delayMs }
      : undefined,
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
    `delivery ${state.request.delivery} is ${state.status}; only a waiting or abandoned one can be tried again`,
  );
};
