import { idOf, type DeliveryRequested, type InstanceDelivered, type RecordedEvent } from '@waystation/events';

/** The receipts of the targets, one for every object that was delivered. */
export function* receiptsIn(events: readonly RecordedEvent[]): Iterable<object> {
  const targets = new Map<string, string>();
  for (const { type, stream, position, recordedtime, data } of events) {
    if (type === 'delivery.requested.v1') targets.set(stream, (data as DeliveryRequested['data']).target);
    if (type !== 'instance.delivered.v1') continue;
    const receipt = data as InstanceDelivered['data'];
    yield { position, recordedtime, delivery: idOf(stream), target: targets.get(stream), ...receipt };
  }
}
