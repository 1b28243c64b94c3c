import type { DeliveryExplained } from '@waystation/answers';
import { fold, deliveryDecider, type DeliveryEvent } from '@waystation/domain';
import { placeOfTarget, type ConfigurationPublished, type Recorded, type SeriesRouted } from '@waystation/events';
import { sentenceFor } from '../tell-history/sentence-for.js';
import { explainAttempts } from './explain-attempts.js';
import { groundOf } from './ground-of.js';

/**
 * Why a delivery was asked for and what became of it.
 * @param events of the delivery; none where they are not written yet
 * @param configuration that decided
 */
export const explainDelivery = (
  { delivery, target, rules }: SeriesRouted['data']['deliveries'][number],
  events: readonly Recorded<DeliveryEvent>[],
  configuration: ConfigurationPublished['data'] | undefined,
): DeliveryExplained => {
  const state = fold(deliveryDecider, events);
  const known = configuration?.document.targets.find(({ name }) => name === target);
  return {
    delivery,
    target,
    place: known === undefined ? 'unknown' : placeOfTarget(known),
    because: `${rules.map((rule) => `'${rule}'`).join(' and ')} matched and ${rules.length === 1 ? 'names' : 'name'} it`,
    status: state.status,
    instances: state.status === 'unknown' ? 0 : state.request.instances.count,
    delivered: state.status === 'unknown' ? 0 : state.receipts.size,
    attempts: explainAttempts(events),
    waits: events
      .filter((event) => event.type === 'delivery.held.v1' || event.type === 'delivery.released.v1')
      .map((event) => ({ ...groundOf(event), because: sentenceFor(event) })),
    redriven: events
      .filter((event) => event.type === 'delivery.redriven.v1')
      .map((event) => ({
        ...groundOf(event),
        author: event.metadata.actor?.name ?? 'unknown',
        reason: event.data.reason,
      })),
  };
};
