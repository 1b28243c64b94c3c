import {
  configurationDecider,
  deliveriesRequestedBy,
  deliveryDecider,
  seriesDecider,
  studyDecider,
  timerOfRequest,
  type KnownDelivery,
  type FinishAttempt,
  type SealedForSeries,
} from '@waystation/domain';
import { CommandHandler, type EventLog } from '@waystation/event-log';
import {
  AssociationAccepted,
  AssociationReleased,
  ConfigurationDocument,
  RetryPolicy,
  streamName,
  type Facts,
  type RecordedEvent,
  type StoredObject,
  type InstanceStored,
} from '@waystation/events';
import { causedBy } from '@waystation/service';
import { exampleSeries, syntheticUid } from '@waystation/testing';

const knownTags = ['Modality', 'SeriesDescription', 'StudyDescription', 'InstanceNumber', 'PatientName', 'PatientID'];
const retry = RetryPolicy.parse({ attempts: 3 });
const refused: NonNullable<FinishAttempt['failure']> = {
  code: 'dicom.connection-refused',
  reason: 'nobody listens at 127.0.0.1:104',
  retryable: true,
  by: 'target',
  uncertain: false,
  refusals: [],
};

/** Two targets and a rule for each, one of which wants heads. */
export const exampleDocument = ConfigurationDocument.parse({
  targets: [
    { name: 'pacs', kind: 'dicom', host: '127.0.0.1', port: 104, calledAeTitle: 'PACS' },
    { name: 'export', kind: 'folder', path: '/srv/export' },
  ],
  rules: [
    { name: 'CT to PACS', condition: "@Modality@ == 'CT'", action: 'route', targets: ['pacs'] },
    { name: 'heads', condition: "'HEAD' in @StudyDescription@", action: 'route', targets: ['export'] },
    { name: 'Jane', condition: "'Doe' in @PatientName@ and @Modality@ == 'MR'", action: 'route', targets: ['export'] },
  ],
});

/** Where an image came from and where its bytes are. */
export interface Place {
  readonly association?: string;
  /** Where its bytes are others than those of its number. */
  readonly hash?: number;
  readonly object?: StoredObject;
  /** What else it says of itself. */
  readonly header?: Facts;
  readonly identity?: SealedForSeries;
}

/** Writes a history as the services do, by their deciders, without a network or an object store. */
export class HistoryWriter {
  readonly commands: CommandHandler;

  constructor(private readonly log: EventLog) {
    this.commands = new CommandHandler(log, 'spec');
  }

  /** A Study or Series Instance UID that is the same for the same number. */
  readonly uid = (number: number): string => syntheticUid(`audit-${number}`);

  async publish(document: ConfigurationDocument = exampleDocument, reason = 'first'): Promise<void> {
    const command = { kind: 'publish-configuration', document, author: 'jane', reason, knownTags } as const;
    await this.commands.handle(configurationDecider, streamName.configuration, command);
  }

  /** So many of the example's rules are in force. */
  async publishRules(count: number): Promise<void> {
    await this.publish({ ...exampleDocument, rules: exampleDocument.rules.slice(0, count) }, `${count} rules`);
  }

  async openAssociation(id: string): Promise<void> {
    const accepted = AssociationAccepted.of({
      callingAeTitle: 'CT1',
      calledAeTitle: 'WAYSTATION',
      address: '10.0.0.7',
      tls: null,
      user: null,
      implementationClassUid: '1.2.3',
      implementationVersionName: 'SPEC',
      maximumLength: 16_384,
      contexts: [{ id: 1, abstractSyntax: '1.2.840.10008.5.1.4.1.1.2', transferSyntax: '1.2.840.10008.1.2.1' }],
    });
    await this.append(streamName.association(id), accepted);
  }

  async releaseAssociation(id: string, stored: number): Promise<void> {
    const nothing = { duplicated: 0, conflicted: 0, quarantined: 0, refused: 0, bytes: 0, durationMs: 1200 };
    await this.append(streamName.association(id), AssociationReleased.of({ ...nothing, stored }));
  }

  /** Image `number` of a series arrives. */
  async receive(study: number, series: number, number: number, place: Place = {}): Promise<void> {
    const { association = exampleSeries.source.association, hash = number, identity } = place;
    const { instance, header } = exampleSeries.storeInstance(number, { hash });
    const seriesInstanceUid = this.uid(series);
    const command = exampleSeries.storeInstance(number, {
      seriesInstanceUid,
      studyInstanceUid: this.uid(study),
      source: { ...exampleSeries.source, association },
      header: { ...header, ...place.header },
      ...(identity && { identity }),
      instance: {
        ...instance,
        sopInstanceUid: `${seriesInstanceUid}.${number}`,
        object: place.object ?? instance.object,
      },
    });
    const metadata = { correlationid: streamName.association(association) };
    await this.commands.handle(seriesDecider, streamName.series(seriesInstanceUid), command, { metadata });
  }

  async addToStudy(study: number, series: number): Promise<void> {
    const opened = await this.last(streamName.series(this.uid(series)), 'series.opened.v1');
    const line = { seriesInstanceUid: this.uid(series), modality: 'CT', seriesDescription: 'AX 1.0' };
    const command = { kind: 'add-series', studyInstanceUid: this.uid(study), series: line } as const;
    await this.commands.handle(studyDecider, streamName.study(this.uid(study)), command, metadataOf(opened));
  }

  /** The quiet period of a series has passed. @returns the revision; undefined where nothing had come */
  async complete(series: number): Promise<number | undefined> {
    const command = { kind: 'complete-series', now: '2999-01-01T00:00:00.000Z' } as const;
    const stream = streamName.series(this.uid(series));
    const { events } = await this.commands.handle(seriesDecider, stream, command);
    const [completed] = events;
    return completed?.type === 'series.completed.v1' ? completed.data.revision : undefined;
  }

  /** The rules decide about a revision. @returns the deliveries that were requested */
  async route(series: number, revision: number): Promise<readonly string[]> {
    const { state: configuration } = await this.commands.load(configurationDecider, streamName.configuration);
    const stream = streamName.series(this.uid(series));
    const completed = await this.last(stream, 'series.completed.v1');
    const identity = exampleSeries.identityFacts;
    const command = { kind: 'route-series', revision, identity, configuration } as const;
    const requested: string[] = [];
    await this.commands.handle(seriesDecider, stream, command, {
      ...metadataOf(completed),
      alongside: (events, state) => {
        const routed = events.find((event) => event.type === 'series.routed.v1');
        if (routed === undefined || state.status === 'unknown') return [];
        return deliveriesRequestedBy(state, routed.data).map((request) => {
          requested.push(request.data.delivery);
          const timer = timerOfRequest(request.data);
          return { stream: streamName.delivery(request.data.delivery), expected: 0, events: [request], timer };
        });
      },
    });
    return requested;
  }

  /** A dispatcher makes an attempt that ends as told; undefined where none is made any more. */
  async attempt(delivery: string, ending: 'success' | 'failure' | 'none'): Promise<void> {
    const stream = streamName.delivery(delivery);
    const start = {
      kind: 'start-attempt',
      worker: 'spec',
      configurationVersion: 1,
      now: this.log.clock.estimate(),
      offPeak: exampleDocument.schedule.offPeak,
      retry,
    } as const;
    const { state } = await this.commands.handle(deliveryDecider, stream, start);
    if (state.status !== 'attempting' || ending === 'none') return;
    if (ending === 'success') await this.acknowledgeAll(stream, state);
    await this.commands.handle(deliveryDecider, stream, {
      kind: 'finish-attempt',
      attempt: state.attempt,
      durationMs: 250,
      retry,
      jitter: 0,
      ...(ending === 'failure' ? { failure: refused } : {}),
    });
  }

  private async acknowledgeAll(stream: string, state: KnownDelivery): Promise<void> {
    const { seriesInstanceUid, instances } = state.request;
    if ('job' in instances) throw new Error('this history has no jobs');
    const events = await this.log.readStream(streamName.series(seriesInstanceUid), {
      after: instances.afterSequence,
      through: instances.throughSequence,
    });
    const receipts = events
      .filter(({ type }) => type === 'instance.stored.v1')
      .map(({ data }) => data as InstanceStored['data'])
      .map(({ sopInstanceUid, transferSyntaxUid, object: { sha256 } }) => ({
        sopInstanceUid,
        sha256,
        transferSyntaxUid,
        receipt: '0x0000',
      }));
    const command = { kind: 'record-receipts', attempt: state.attempt, receipts } as const;
    await this.commands.handle(deliveryDecider, stream, command);
  }

  private async append(stream: string, event: AssociationAccepted | AssociationReleased): Promise<void> {
    await this.log.append({
      parts: [{ stream, expected: 'any', events: [event] }],
      time: this.log.clock.estimate(),
      metadata: { actor: { kind: 'service', name: 'spec' } },
    });
  }

  private async last(stream: string, type: string): Promise<RecordedEvent | undefined> {
    return (await this.log.readStream(stream)).findLast((event) => event.type === type);
  }
}

const metadataOf = (cause: RecordedEvent | undefined) => (cause === undefined ? {} : { metadata: causedBy(cause) });
