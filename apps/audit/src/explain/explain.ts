import type { Explanation } from '@waystation/answers';
import type { DeliveryEvent, SeriesEvent, StudyEvent } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import {
  streamName,
  type ConfigurationPublished,
  type Recorded,
  type RecordedEvent,
  type SeriesOpened,
  type SeriesRouted,
  type StudyRouted,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { Injectable } from '@nestjs/common';
import { explainSeries, type SeriesEvidence } from './explain-series.js';

/** Reads from the log what an explanation needs. */
@Injectable()
export class Explain {
  constructor(private readonly log: EventLog) {}

  /**
   * @param revision the last one unless told
   * @throws CodedError `audit.unknown-series`, `audit.unknown-revision`
   */
  async series(seriesInstanceUid: string, revision?: number): Promise<Explanation> {
    const series = await this.log.readStream(streamName.series(seriesInstanceUid));
    if (series.length === 0)
      throw new CodedError('audit.unknown-series', `no object of series ${seriesInstanceUid} was ever received`);
    return explainSeries(await this.evidence(series), revision);
  }

  private async evidence(series: readonly RecordedEvent[]): Promise<SeriesEvidence> {
    const decisions = series
      .filter(({ type }) => type === 'series.routed.v1')
      .map(({ data }) => data as SeriesRouted['data']);
    const study = await this.studyOf(series, decisions);
    const names = [
      ...decisions.flatMap(({ deliveries }) => deliveries.map(({ delivery }) => delivery)),
      ...deliveriesOfStudy(study, series[0]?.stream ?? ''),
    ];
    const streams = await Promise.all(names.map((name) => this.log.readStream(streamName.delivery(name))));
    const deliveries = new Map(names.map((name, index) => [name, streams[index] ?? []]));
    const published = decisions.length === 0 ? [] : await this.log.readStream(streamName.configuration);
    return {
      series: series as unknown as readonly Recorded<SeriesEvent>[],
      study: study as unknown as readonly Recorded<StudyEvent>[],
      deliveryEvents: (name) => (deliveries.get(name) ?? []) as unknown as readonly Recorded<DeliveryEvent>[],
      configuration: (version) =>
        (published as readonly RecordedEvent<ConfigurationPublished>[]).find(({ data }) => data.version === version),
    };
  }

  /** The events of the study, where rules wait for it. */
  private async studyOf(
    [opened]: readonly RecordedEvent[],
    decisions: readonly SeriesRouted['data'][],
  ): Promise<readonly RecordedEvent[]> {
    if (opened === undefined || decisions.every(({ studyRules = [] }) => studyRules.length === 0)) return [];
    return this.log.readStream(streamName.study((opened.data as SeriesOpened['data']).studyInstanceUid));
  }
}

const deliveriesOfStudy = (study: readonly RecordedEvent[], stream: string): readonly string[] =>
  study
    .filter(({ type }) => type === 'study.routed.v1')
    .flatMap(({ data }) => (data as StudyRouted['data']).deliveries)
    .filter(({ seriesInstanceUid }) => streamName.series(seriesInstanceUid) === stream)
    .map(({ delivery }) => delivery);
