import type { Explanation } from '@waystation/answers';
import type { DeliveryEvent, JobEvent, SeriesEvent, StudyEvent } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import {
  streamName,
  type JobRouted,
  type Recorded,
  type RecordedEvent,
  type SeriesOpened,
  type SeriesRouted,
  type StudyCompleted,
  type StudyRouted,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { ConfigurationVersions } from '@waystation/service';
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
    const jobs = await this.jobsOf([...decisions.flatMap((decision) => decision.jobs ?? []), ...jobsOfStudy(study)]);
    const names = [
      ...deliveriesOfJobs([...jobs.values()].flat()),
      ...decisions.flatMap(({ deliveries }) => deliveries.map(({ delivery }) => delivery)),
      ...deliveriesOfStudy(study, series[0]?.stream ?? ''),
    ];
    const streams = await Promise.all(names.map((name) => this.log.readStream(streamName.delivery(name))));
    const deliveries = new Map(names.map((name, index) => [name, streams[index] ?? []]));
    const published = await new ConfigurationVersions(this.log).events([
      ...decisions.map(({ configuration }) => configuration.version),
      ...completionsOf(study).map(({ configuration }) => configuration.version),
    ]);
    return {
      series: series as unknown as readonly Recorded<SeriesEvent>[],
      study: study as unknown as readonly Recorded<StudyEvent>[],
      jobEvents: (job) => (jobs.get(job) ?? []) as unknown as readonly Recorded<JobEvent>[],
      deliveryEvents: (name) => (deliveries.get(name) ?? []) as unknown as readonly Recorded<DeliveryEvent>[],
      configuration: (version) => published.find(({ data }) => data.version === version),
    };
  }

  /** The events of jobs and of every step that followed from them. */
  private async jobsOf(
    first: readonly { readonly job: string }[],
  ): Promise<ReadonlyMap<string, readonly RecordedEvent[]>> {
    const jobs = new Map<string, readonly RecordedEvent[]>();
    const pending = first.map(({ job }) => job);
    for (let job = pending.pop(); job !== undefined; job = pending.pop()) {
      const events = await this.log.readStream(streamName.job(job));
      jobs.set(job, events);
      pending.push(
        ...routedIn(events).flatMap(({ next, report }) => [next, report].filter((one) => one !== undefined)),
      );
    }
    return jobs;
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

const routedIn = (events: readonly RecordedEvent[]): readonly JobRouted['data'][] =>
  events.filter(({ type }) => type === 'job.routed.v1').map(({ data }) => data as JobRouted['data']);

const deliveriesOfJobs = (events: readonly RecordedEvent[]): readonly string[] =>
  routedIn(events).flatMap(({ deliveries }) => deliveries.map(({ delivery }) => delivery));

const jobsOfStudy = (study: readonly RecordedEvent[]): readonly { readonly job: string }[] =>
  study
    .filter(({ type }) => type === 'study.routed.v1')
    .flatMap(({ data }) => (data as StudyRouted['data']).jobs ?? []);

const completionsOf = (study: readonly RecordedEvent[]): readonly StudyCompleted['data'][] =>
  study.filter(({ type }) => type === 'study.completed.v1').map(({ data }) => data as StudyCompleted['data']);

const deliveriesOfStudy = (study: readonly RecordedEvent[], stream: string): readonly string[] =>
  study
    .filter(({ type }) => type === 'study.routed.v1')
    .flatMap(({ data }) => (data as StudyRouted['data']).deliveries)
    .filter(({ seriesInstanceUid }) => streamName.series(seriesInstanceUid) === stream)
    .map(({ delivery }) => delivery);
