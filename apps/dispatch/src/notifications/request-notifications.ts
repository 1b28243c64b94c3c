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
import { causedBy, ConfigurationVersions } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { withProcessing } from './with-processing.js';

/** A delivery that ended by the event that is handled: what became of it, whatever may have happened since. */
export interface EndedDelivery {
  readonly delivery: string;
  readonly outcome: Exclude<DeliveryOutcome, undefined>;
}

/** Decisions of which it is remembered what is missing. */
const MOST_MISSING = 1000;

const keyOf = ({ studyInstanceUid, seriesInstanceUid, revision, waited, rules }: RuleDecision): string =>
  [studyInstanceUid, seriesInstanceUid, revision, waited, ...rules].join('\n');

/** The last first: it is the most likely to be under way still. */
const lookedAtIn = ({ deliveries }: RuleDecision, first: string | undefined): readonly string[] => {
  const all = deliveries.map(({ delivery }) => delivery).toReversed();
  return first !== undefined && all.includes(first) ? [first, ...all.filter((one) => one !== first)] : all;
};

/**
 * Requests what a decision calls for by now. It reads the deliveries' own streams, behind the event that it is told of, so
 * that of several that end at the same time, in several dispatchers, the one that was written last sees them all.
 */
@Injectable()
export class RequestNotifications {
  private readonly versions: ConfigurationVersions;
  /**
   * By decision, the delivery that was the first found missing: it is looked at first. Otherwise each delivery of a study of
   * hundreds of series could ask for all that succeeded before it.
   */
  private readonly missing = new Map<string, string>();

  constructor(
    log: EventLog,
    private readonly commands: CommandHandler,
  ) {
    this.versions = new ConfigurationVersions(log);
  }

  /** Everything that the decision calls for. */
  async ofDecision(decided: RuleDecision, cause: RecordedEvent): Promise<void> {
    const document = await this.documentOf(decided);
    if (document === undefined) return;
    const { decision } = await withProcessing(this.commands, decided);
    await this.request(await this.dueBy(decision, document), cause);
  }

  /** What it calls for because one of its jobs is over. @param decision with what became of its jobs */
  async ofProcessing(decision: RuleDecision, cause: RecordedEvent): Promise<void> {
    const document = await this.documentOf(decision);
    if (document === undefined) return;
    const due = await this.dueBy(decision, document);
    await this.request(
      due.filter(({ event }) => event !== 'received'),
      cause,
    );
  }

  /** What it calls for because a delivery ended. */
  async ofOutcome(decision: RuleDecision, ended: EndedDelivery, cause: RecordedEvent): Promise<void> {
    const document = await this.documentOf(decision);
    if (document === undefined) return;
    const outcomes = new Map([[ended.delivery, ended.outcome as DeliveryOutcome]]);
    const key = keyOf(decision);
    for (const delivery of lookedAtIn(decision, this.missing.get(key))) {
      if (delivery !== ended.delivery) outcomes.set(delivery, await this.outcomeOf(delivery));
      // All or nothing: where one is missing, a success changes nothing.
      if (ended.outcome === 'succeeded' && outcomes.get(delivery) !== 'succeeded') return this.note(key, delivery);
    }
    this.missing.delete(key);
    const due = notificationsDue(decision, document, (delivery) => outcomes.get(delivery));
    await this.request(
      due.filter(({ event }) => event !== 'received'),
      cause,
    );
  }

  /** The one that was set longest ago is forgotten first. */
  private note(key: string, delivery: string): void {
    this.missing.delete(key);
    this.missing.set(key, delivery);
    const [oldest = key] = this.missing.keys();
    if (this.missing.size > MOST_MISSING) this.missing.delete(oldest);
  }

  private async dueBy(
    decision: RuleDecision,
    document: ConfigurationDocument,
  ): Promise<readonly NotificationRequested['data'][]> {
    const outcomes = new Map<string, DeliveryOutcome>();
    for (const { delivery } of decision.deliveries) outcomes.set(delivery, await this.outcomeOf(delivery));
    return notificationsDue(decision, document, (delivery) => outcomes.get(delivery));
  }

  /** The configuration of the decision; undefined where its rules tell nobody. */
  private async documentOf(decision: RuleDecision): Promise<ConfigurationDocument | undefined> {
    const { document } = await this.versions.of(decision.configurationVersion);
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
