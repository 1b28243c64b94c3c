import type {
  Recorded,
  SubscriptionEventParked,
  SubscriptionRedeliveryRequested,
  SubscriptionResumed,
  SubscriptionStalled,
} from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/** Everything that is worth a word about a subscription: that an event was sent as it should be, is not. */
export type SubscriptionEvent =
  SubscriptionStalled | SubscriptionResumed | SubscriptionEventParked | SubscriptionRedeliveryRequested;

/** What keeps a subscription from having everything. */
export interface SubscriptionState {
  /** Since when an event waits for the endpoint, and why; undefined where none has to. */
  readonly stalled:
    { readonly position: number; readonly since: Instant; readonly code: string; readonly reason: string } | undefined;
  /** Positions of events that the endpoint refused, and what it said. */
  readonly parked: Readonly<Record<number, string>>;
}

export const flowing: SubscriptionState = { stalled: undefined, parked: {} };

/** What an event makes of it. */
export const evolveSubscription = (state: SubscriptionState, event: Recorded<SubscriptionEvent>): SubscriptionState => {
  switch (event.type) {
    case 'subscription.stalled.v1': {
      const { position, code, reason } = event.data;
      return { ...state, stalled: { position, since: event.recordedtime, code, reason } };
    }
    case 'subscription.resumed.v1':
      return { ...state, stalled: undefined };
    case 'subscription.event-parked.v1':
      return { ...state, parked: { ...state.parked, [event.data.position]: event.data.reason } };
    case 'subscription.redelivery-requested.v1': {
      const { [event.data.position]: _asked, ...parked } = state.parked;
      return { ...state, parked };
    }
    default:
      return state;
  }
};
