import { configurationDecider, evolveSubscription, flowing, type SubscriptionEvent } from '@waystation/domain';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type Recorded, type Subscription } from '@waystation/events';
import { checkpointOf } from './webhook-names.js';

/** How a subscription fares. */
export interface SubscriptionReport {
  readonly name: string;
  readonly url: string;
  readonly types: readonly string[];
  readonly streams: readonly string[];
  readonly status: 'flowing' | 'stalled' | 'disabled';
  /** The last event that was dealt with; 0 before the first is looked at. */
  readonly position: number;
  /** Events that were not looked at yet, whether it wants them or not, and since when the first of them waits. */
  readonly behind: number;
  readonly behindSeconds: number;
  /** Why the endpoint takes nothing; null where it does. */
  readonly stalled: { readonly since: string; readonly code: string; readonly reason: string } | null;
  /** What it refused. */
  readonly parked: readonly { readonly position: number; readonly reason: string }[];
}

/** Tells how each subscription in force fares, whichever process works for it. */
export const reportSubscriptions = async (
  log: EventLog,
  commands: CommandHandler,
): Promise<readonly SubscriptionReport[]> => {
  const { state } = await commands.load(configurationDecider, streamName.configuration);
  const { position: head } = await log.head();
  return Promise.all(state.document.subscriptions.map((subscription) => report(log, subscription, head)));
};

const report = async (log: EventLog, subscription: Subscription, head: number): Promise<SubscriptionReport> => {
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
