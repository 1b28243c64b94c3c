import type { SubscriptionLine } from '@waystation/answers';
import { configurationDecider, evolveSubscription, flowing, type SubscriptionEvent } from '@waystation/domain';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type Recorded, type Subscription } from '@waystation/events';
import { checkpointOf } from './webhook-names.js';

/** Tells how each subscription in force fares, whichever process works for it. */
export const reportSubscriptions = async (
  log: EventLog,
  commands: CommandHandler,
): Promise<readonly SubscriptionLine[]> => {
  const { state } = await commands.load(configurationDecider, streamName.configuration);
  const { position: head } = await log.head();
  return Promise.all(state.document.subscriptions.map((subscription) => report(log, subscription, head)));
};

const report = async (log: EventLog, subscription: Subscription, head: number): Promise<SubscriptionLine> => {
  const { name, url, types, streams, disabled } = subscription;
  const position = await log.checkpoints.get(checkpointOf(name));
  const events = await log.readStream(streamName.subscription(name));
  const { stalled, parked } = (events as unknown as readonly Recorded<SubscriptionEvent>[]).reduce(
    evolveSubscription,
    flowing,
  );
  const behind = Math.max(0, head - position);
  return {
    name,
    url,
    types,
    streams,
    status: disabled ? 'disabled' : stalled === undefined ? 'flowing' : 'stalled',
    position,
    behind,
    behindSeconds: behind === 0 ? 0 : await secondsSince(log, position + 1),
    stalled: stalled === undefined ? null : { since: stalled.since, code: stalled.code, reason: stalled.reason },
    parked: Object.entries(parked).map(([at, reason]) => ({ position: Number(at), reason })),
  };
};

const secondsSince = async (log: EventLog, position: number): Promise<number> => {
  const [{ recordedtime }, now] = await Promise.all([log.read(position), log.now()]);
  return Math.max(0, (Date.parse(now) - Date.parse(recordedtime)) / 1000);
};
