import type { Association, Ending, Refusal, RefusedOperation } from '@waystation/dicom-network';
import { EventLog } from '@waystation/event-log';
import { hasCode, millisecondsBetween } from '@waystation/kernel';
import { newTraceparent } from '@waystation/observability';
import {
  AssociationAborted,
  AssociationAccepted,
  AssociationRejected,
  AssociationReleased,
  AssociationSeriesNoted,
  OperationRefused,
  streamName,
  type AssociationTally,
  type EventMetadata,
  type NewEvent,
} from '@waystation/events';
import { isEnd } from '../receivers/lost-receivers.js';
import type { ReceiverLife } from '../receivers/receiver-life.js';
import { MOST_SERIES } from './most-series.js';
import { peerTlsOf } from './peer-tls-of.js';

/** What became of an object that was sent. */
export type Outcome = 'stored' | 'duplicated' | 'conflicted' | 'quarantined' | 'refused';

/** Kinds of operations of one association that get an event of their own: PS3.7 has no more. */
const MOST_KINDS = 12;

/** What is written down about one association while it lasts. */
export class AssociationRecord {
  private opening: Promise<void> | undefined;
  private receiver: ReceiverLife | undefined;
  /** Events of the stream, as far as this record knows. */
  private version = 0;
  private readonly traceparent = newTraceparent();
  private readonly series = new Set<string>();
  private seriesNoted = 0;
  private ending: NewEvent | undefined;
  private endedAt: string | undefined;
  private readonly refusedKinds = new Set<number>();
  private refusedOperations = 0;
  private readonly counts = { stored: 0, duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 0 };

  /** @param lifeOf answers with the life of the receiver that the association is part of */
  constructor(
    private readonly log: EventLog,
    private readonly lifeOf: () => Promise<ReceiverLife>,
    readonly association: Association,
  ) {
    // Whoever stores over the association meets the failure; an echo alone need not.
    this.open().catch(() => undefined);
  }

  /**
   * Resolves when the log knows of the association: what comes over it is written behind that. After a failure the next
   * who asks tries again, so that an outage does not outlive itself.
   */
  open(): Promise<void> {
    this.opening ??= this.writeOpening().catch((error: unknown) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  get stream(): string {
    return streamName.association(this.association.id);
  }

  /** Metadata of everything that comes over the association. */
  get metadata(): EventMetadata {
    const { callingAeTitle, address } = this.association;
    return {
      correlationid: this.stream,
      actor: { kind: 'peer', name: callingAeTitle, address },
      traceparent: this.traceparent,
    };
  }

  /** Counts what became of an object. */
  count(outcome: Outcome, bytes: number): void {
    this.counts[outcome]++;
    this.counts.bytes += bytes;
  }

  /** Notes that an object of a series came over it. What one event cannot name is named before the end. */
  async brought(seriesInstanceUid: string): Promise<void> {
    this.series.add(seriesInstanceUid);
    if (this.series.size < MOST_SERIES) return;
    const series = [...this.series];
    this.series.clear();
    try {
      await this.append(AssociationSeriesNoted.of({ series }));
      this.seriesNoted++;
    } catch {
      // The next object tries again: while the log is away none is stored.
      for (const uid of series) this.series.add(uid);
    }
  }

  /** Counts an operation that is not served, and writes down the first of its kind. @throws CodedError where the log is away */
  async refusedOperation({ commandField, operation, abstractSyntax, answer }: RefusedOperation): Promise<void> {
    this.refusedOperations++;
    if (this.refusedKinds.has(commandField) || this.refusedKinds.size >= MOST_KINDS) return;
    this.refusedKinds.add(commandField);
    await this.open();
    await this.append(OperationRefused.of({ commandField, operation, abstractSyntax, status: answer.status }));
  }

  /** Writes an event of the association. */
  async append(event: NewEvent, expected: number | 'any' = 'any'): Promise<void> {
    await this.write(event, expected);
  }

  /**
   * Writes how the association ended. To be called again where it fails because the log is away: what is written then is what
   * would have been written at once.
   * @throws CodedError `log.unavailable` or `log.outcome-unknown`
   */
  async close(ending: Ending): Promise<void> {
    this.endedAt ??= new Date().toISOString();
    this.ending ??= this.endingOf(ending, this.endedAt);
    await this.open();
    await this.end(this.ending, this.endedAt);
    this.receiver?.ended(this.association.id);
  }

  private endingOf({ by, reason }: Ending, endedAt: string): NewEvent {
    const tally = this.tally(endedAt);
    if (by !== 'release') return AssociationAborted.of({ by, reason, tally });
    const series = this.series.size === 0 ? {} : { series: [...this.series] };
    const seriesNoted = this.seriesNoted === 0 ? {} : { seriesNoted: this.seriesNoted };
    return AssociationReleased.of({ ...tally, ...series, ...seriesNoted });
  }

  /** An association ends once: where this receiver was not heard of, another may have said that it is lost. */
  private async end(event: NewEvent, endedAt: string): Promise<void> {
    for (;;)
      try {
        await this.write(event, this.version, endedAt);
        return;
      } catch (error) {
        if (!hasCode(error, 'log.wrong-expected-version')) throw error;
        const known = await this.log.readStream(this.stream);
        if (known.some(isEnd)) return;
        this.version = known.length;
      }
  }

  /** @returns the position of the event */
  private async write(event: NewEvent, expected: number | 'any', time = new Date().toISOString()): Promise<number> {
    const [recorded] = await this.log.append({
      parts: [{ stream: this.stream, expected, events: [event] }],
      time,
      metadata: this.metadata,
    });
    if (recorded === undefined) throw new Error(`an append to ${this.stream} answered with nothing`);
    this.version = Math.max(this.version, recorded.sequence);
    return recorded.position;
  }

  private async writeOpening(): Promise<void> {
    const { association } = this;
    const life = await this.lifeOf();
    const accepted = AssociationAccepted.of({
      callingAeTitle: association.callingAeTitle,
      calledAeTitle: association.calledAeTitle,
      address: association.address,
      tls: peerTlsOf(association),
      user: association.user ?? null,
      implementationClassUid: association.implementationClassUid,
      implementationVersionName: association.implementationVersionName,
      maximumLength: association.maximumLength,
      contexts: association.contexts.map((context) => ({ ...context })),
      receiver: life.id,
    });
    try {
      await life.opening(association.id, () => this.write(accepted, 0, association.openedAt));
      this.receiver = life;
    } catch (error) {
      // An attempt before got through, and its answer did not.
      if (!hasCode(error, 'log.wrong-expected-version')) throw error;
    }
  }

  private tally(endedAt: string): AssociationTally {
    const { refusedOperations } = this;
    const operations = refusedOperations === 0 ? {} : { refusedOperations };
    return {
      ...this.counts,
      ...operations,
      durationMs: Math.max(0, millisecondsBetween(this.association.openedAt, endedAt)),
    };
  }
}

/** Writes down a peer that was refused. */
export const recordRejection = async (log: EventLog, id: string, refusal: Refusal): Promise<void> => {
  const { callingAeTitle, calledAeTitle, address, reason } = refusal;
  const tls = peerTlsOf(refusal);
  const rejected = AssociationRejected.of({ callingAeTitle, calledAeTitle, address, tls, reason });
  await log.append({
    parts: [{ stream: streamName.association(id), expected: 0, events: [rejected] }],
    time: new Date().toISOString(),
    metadata: { actor: { kind: 'peer', name: callingAeTitle, address } },
  });
};
