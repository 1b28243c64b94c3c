import type { HistoryEntry } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import { categoryOf, streamName, toCloudEvent, type RecordedEvent } from '@waystation/events';
import { Identities } from '@waystation/identity';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ProjectHistory } from '../project-history/project-history.js';
import { RelatedStreamView } from '../project-history/related-stream.view.js';
import { sentenceFor } from './sentence-for.js';
import { showIdentities, whoItIs, type ShownIdentity } from './show-identities.js';
import { gatherEvidence } from './study-evidence.js';
import { tellFindings } from './tell-findings.js';

/**
 * Tells what happened to a series or a study: its own events with those of its deliveries and associations. Position order
 * is causal order, because a cause is always committed before what it causes.
 */
@Injectable()
export class TellHistory {
  constructor(
    private readonly log: EventLog,
    private readonly project: ProjectHistory,
    private readonly views: DataSource,
    private readonly identities: Identities,
    private readonly source: string,
  ) {}

  /** @throws CodedError `audit.unknown-series` */
  async ofSeries(seriesInstanceUid: string): Promise<readonly HistoryEntry[]> {
    await this.project.through((await this.log.head()).position);
    const related = await this.views.getRepository(RelatedStreamView).findBy({ seriesInstanceUid });
    if (related.length === 0)
      throw new CodedError('audit.unknown-series', `no object of series ${seriesInstanceUid} was ever received`);
    const streams = await Promise.all(related.map(({ stream }) => this.log.readStream(stream)));
    return this.tell(streams.flat().filter((event) => concerns(event, seriesInstanceUid)));
  }

  /**
   * A study with all its series, what decided about them, and whatever is named as a cause.
   * @throws CodedError `audit.unknown-study`
   */
  async ofStudy(studyInstanceUid: string): Promise<readonly HistoryEntry[]> {
    const { log, project, views } = this;
    return this.tell((await gatherEvidence({ log, project, views }, studyInstanceUid)).events);
  }

  /** @throws CodedError `audit.unknown-stream` */
  async ofStream(stream: string): Promise<readonly HistoryEntry[]> {
    const events = await this.log.readStream(stream);
    if (events.length === 0) throw new CodedError('audit.unknown-stream', `the log has no stream ${stream}`);
    return this.tell(events);
  }

  private async tell(events: readonly RecordedEvent[]): Promise<readonly HistoryEntry[]> {
    const entries = [...events]
      .sort((a, b) => a.position - b.position)
      .map((event) => ({ ...toCloudEvent(event, this.source), sentence: sentenceFor(event) }));
    return (await showIdentities(this.identities, entries)).map(tellSealed);
  }
}

/** Adds what is sealed in the event: who the patient is, and what a module found. */
const tellSealed = (entry: HistoryEntry): HistoryEntry => {
  const { identity, findings } = entry.data as Readonly<Partial<Record<'identity' | 'findings', ShownIdentity>>>;
  if (identity === undefined && findings === undefined) return entry;
  const patient = identity === undefined ? '' : `; patient ${whoItIs(identity)}`;
  const found = findings === undefined ? '' : `; found ${tellFindings(findings)}`;
  return { ...entry, sentence: entry.sentence + patient + found };
};

/** A study has other series, too: theirs are left out. */
const concerns = (event: RecordedEvent, seriesInstanceUid: string): boolean =>
  categoryOf(event.stream) !== 'study' ||
  event.type === 'study.opened.v1' ||
  (event.data as { seriesInstanceUid?: string }).seriesInstanceUid === seriesInstanceUid ||
  event.stream === streamName.series(seriesInstanceUid);
