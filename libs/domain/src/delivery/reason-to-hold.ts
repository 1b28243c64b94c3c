import type { HoldReason } from '@waystation/events';
import { isOffPeak, nextOffPeakStart } from '../schedule/off-peak.js';
import type { Circumstances } from './circumstances.js';
import type { KnownDelivery } from './delivery-state.js';

/** Why a delivery may not be attempted now; undefined where it may. What an operator released is held by nothing. */
export const reasonToHold = (state: KnownDelivery, circumstances: Circumstances): HoldReason | undefined => {
  if (state.releasedByOperator) return undefined;
  const { now, offPeak, configurationVersion, predecessor } = circumstances;
  const { after, priority } = state.request;
  if (after !== undefined && isAwaited(state) && predecessor === 'open') return { reason: 'after', after };
  if (priority === 'off-peak' && !isOffPeak(now, offPeak))
    return { reason: 'off-peak', until: nextOffPeakStart(now, offPeak), configurationVersion };
  return undefined;
};

/** Whether it is still to find out how the delivery before it stands. Once it has begun, it does not wait again. */
export const isAwaited = ({ request, attempt, predecessorOver }: KnownDelivery): boolean =>
  request.after !== undefined && attempt === 0 && !predecessorOver;
