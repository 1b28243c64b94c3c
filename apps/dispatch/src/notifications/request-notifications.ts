import {
  deliveryDecider,
  notificationDecider,
  notificationsDue,
  type DeliveryOutcome,
  type RuleDecision,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import {
  streamName,
  type ConfigurationDocument,
  type NotificationRequested,
  type RecordedEvent,
} from '@waystation/events';
import { causedBy } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { configurationOfVersion } from './configuration-of-version.js';

/** A delivery that ended by the event that is handled: what became of it, whatever may have happened since. */
export interface EndedDelivery {
  readonly delivery: string;
  readonly outcome: Exclude<DeliveryOutcome, undefined>;
}

/**
 * Requests what a decision calls for by now. It reads the deliveries' own streams, behind the event that it is told of, so
 * that of several that end at the same time, in several dispatchers, the one that was written last sees them all.
 */
@Injectable()
export class RequestNotifications {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  /** Everything that the decision calls for. */
  async ofDecision(decision: RuleDecision, cause: RecordedEvent): Promise<void> {
    const document = await this.documentOf(decision);
    if (document === undefined) return;
    const outcomes = new Map<string, DeliveryOutcome>();
    for (const { delivery } of decision.deliveries) outcomes.set(delivery, await this.outcomeOf(delivery));
    const due = notificationsDue(decision, document, (delivery) => outcomes.get(delivery));
    await this.request(due, cause);
  }

  /** What it calls for because a delivery ended. */
  async ofOutcome(decision: RuleDecision, ended: EndedDelivery, cause: RecordedEvent): Promise<void> {
    const document = await this.documentOf(decision);
    if (document === undefined) return;
    const outcomes = new Map([[ended.delivery, ended.outcome as DeliveryOutcome]]);
    for (const { delivery } of decision.deliveries.toReversed()) {
      if (delivery !== ended.delivery) outcomes.set(delivery, await this.outcomeOf(delivery));
      // All or nothing: where one is missing, a success changes nothing.
      if (ended.outcome === 'succeeded' && outcomes.get(delivery) !== 'succeeded') return;
    }
    const due = notificationsDue(decision, document, (delivery) => outcomes.get(delivery));
    await this.request(
      due.filter(({ event }) => event !== 'received'),
      cause,
    );
  }

  /** The configuration of the decision; undefined where its rules tell nobody. */
  private async documentOf(decision: RuleDecision): Promise<ConfigurationDocument | undefined> {
    const document = await configurationOfVersion(this.commands, this.log, decision.configurationVersion);
    const tells = document.rules.some(
      ({ name, notifications }) => decision.rules.includes(name) && notifications.length > 0,
    );
    return tells ? document : undefined;
  }

  private async outcomeOf(delivery: string): Promise<DeliveryOutcome> {
    const { state } = await this.commands.load(deliveryDecider, streamName.delivery(delivery));
    if (state.status === 'succeeded') return 'succeeded';
    return state.status === 'abandoned' ? { code: state.lastFailure?.code ?? 'delivery.abandoned' } : undefined;
  }

  private async request(due: readonly NotificationRequested['data'][], cause: RecordedEvent): Promise<void> {
    for (const request of due) {
      const command = { kind: 'request-notification', request } as const;
      await this.commands.handle(notificationDecider, streamName.notification(request.notification), command, {
        metadata: causedBy(cause),
      });
    }
  }
}
