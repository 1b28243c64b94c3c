import { DeliveryHeld, DeliveryReleased } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import type { Circumstances } from './circumstances.js';
import type { HoldDelivery, ReleaseDelivery } from './delivery-command.js';
import type { DeliveryEvent } from './delivery-event.js';
import type { KnownDelivery } from './delivery-state.js';
import { isAwaited, reasonToHold } from './reason-to-hold.js';

/** Looks again at a delivery that is held: it is due, or held for another reason or until another time, or as before. */
export const reviewHold = (state: KnownDelivery, circumstances: Circumstances): readonly DeliveryEvent[] => {
  const { hold } = state;
  if (hold === undefined || hold.reason === 'operator') return [];
  const reason = reasonToHold(state, circumstances);
  const held = reason === undefined ? [] : [DeliveryHeld.of(reason)];
  if (hold.reason === 'after')
    return reason?.reason === 'after' ? [] : [...releasedByPredecessor(state, circumstances), ...held];
  if (reason?.reason === 'off-peak' && reason.until === hold.until) return [];
  const { configurationVersion } = circumstances;
  return reason === undefined ? [DeliveryReleased.of({ by: 'schedule', configurationVersion })] : held;
};

/** That the delivery before this one is over, however it ended; nothing where this one does not wait for it. */
export const releasedByPredecessor = (
  state: KnownDelivery,
  { predecessor = 'unknown' }: Circumstances,
): readonly DeliveryReleased[] => {
  const { after } = state.request;
  if (after === undefined || !isAwaited(state) || predecessor === 'open') return [];
  return [DeliveryReleased.of({ by: 'predecessor', delivery: after, outcome: predecessor })];
};

/** An operator wants a delivery to wait until somebody releases it. */
export const holdDelivery = (state: KnownDelivery, { note }: HoldDelivery): readonly DeliveryEvent[] => {
  if (state.hold?.reason === 'operator') return [];
  if (state.status === 'waiting' || state.status === 'held') return [DeliveryHeld.of({ reason: 'operator', note })];
  throw new CodedError(
    'delivery.not-holdable',
    `delivery ${state.request.delivery} is ${state.status}; only one that waits can be held`,
  );
};

/** An operator wants a delivery sent now, whatever it waits for. */
export const releaseDelivery = (state: KnownDelivery, { note }: ReleaseDelivery): readonly DeliveryEvent[] => {
  if (state.status === 'waiting' || state.status === 'held') return [DeliveryReleased.of({ by: 'operator', note })];
  throw new CodedError(
    'delivery.not-releasable',
    `delivery ${state.request.delivery} is ${state.status}; only one that is held or waits can be released`,
  );
};
