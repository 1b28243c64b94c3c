import { streamName, type DeliveryRequested } from '@waystation/events';
import type { Due } from '../decider.js';
import type { DeliveryState, KnownDelivery } from './delivery-state.js';

/** The lane of a target: the queue of its deliveries. A dead target delays nobody else. */
export const laneOf = (target: string): string => `deliver/${target}`;

/** The queue of the deliveries that are held: each is looked at once, and again when what it waits for may have come. */
export const heldDeliveriesQueue = 'held';

/** The timer that a delivery is requested with. */
export const timerOfRequest = ({ target, priority }: DeliveryRequested['data']): Omit<Due, 'since'> => ({
  queue: laneOf(target),
  afterMs: 0,
  ...(priority === 'urgent' ? { urgent: true } : {}),
});

/** What a delivery has to be looked at for. */
export const dueOf = (state: DeliveryState): Due | undefined => {
  if (state.status === 'held') return dueOfHeld(state);
  return state.status === 'waiting' || state.status === 'attempting'
    ? { ...timerOfRequest(state.request), since: state.waitingSince, afterMs: state.delayMs }
    : undefined;
};

/** Somebody looks at once, so that nothing which came while it was being held is missed. */
const dueOfHeld = ({ hold, waitingSince, delayMs }: KnownDelivery): Due | undefined => {
  if (hold === undefined || hold.reason === 'operator') return undefined;
  const waitsFor = hold.reason === 'after' ? streamName.delivery(hold.after) : streamName.configuration;
  return { queue: heldDeliveriesQueue, since: waitingSince, afterMs: delayMs, waitsFor };
};
