import type { RetentionLine } from '@waystation/answers';
import {
  configurationDecider,
  jobDecider,
  livingObjects,
  seriesDecider,
  type KnownJob,
  type RetentionOutlook,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { categoryOf, streamName, type ConfigurationDocument } from '@waystation/events';
import { readOutlookOfJob, readOutlookOfSeries, type RetentionQuestion } from '@waystation/service';
import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { JobView } from '../project-history/job.view.js';
import { SeriesView } from '../project-history/series.view.js';
import type { RetentionQuery } from './retention-query.js';

/** Series and jobs that are looked at at once. */
const CHUNK = 100;

interface Candidate {
  readonly stream: string;
  readonly position: number;
}

/** Says how long things are kept, by what routing decides by; nothing is decided or written here. */
@Injectable()
export class FindRetention {
  constructor(
    private readonly views: DataSource,
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  /**
   * What was touched longest ago first.
   * @param document how long things would be kept by it; the one in force if not given
   */
  async find(query: RetentionQuery, document?: ConfigurationDocument): Promise<readonly RetentionLine[]> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    const configuration = document === undefined ? state : { ...state, document };
    const question = { now: await this.log.now(), configuration };
    const lines: RetentionLine[] = [];
    for (let { after } = query; lines.length < query.limit;) {
      const candidates = await this.candidates({ ...query, after });
      for (const candidate of candidates) {
        const line = await this.lineOf(candidate, question);
        if (line !== undefined && (query.all || line.until !== null)) lines.push(line);
      }
      const last = candidates.at(-1);
      if (last === undefined || candidates.length < CHUNK) break;
      after = last.position;
    }
    return lines.slice(0, query.limit);
  }

  private async candidates({ series, study, after }: RetentionQuery): Promise<readonly Candidate[]> {
    const where = {
      ...(series === undefined ? {} : { seriesInstanceUid: series }),
      ...(study === undefined ? {} : { studyInstanceUid: study }),
      position: MoreThan(after),
    };
    const page = { where, order: { position: 'ASC' }, take: CHUNK } as const;
    const [ofSeries, ofJobs] = await Promise.all([
      this.views.getRepository(SeriesView).find({ ...page, select: { seriesInstanceUid: true, position: true } }),
      this.views.getRepository(JobView).find({ ...page, select: { job: true, position: true } }),
    ]);
    const found = [
      ...ofSeries.map((view) => ({ stream: streamName.series(view.seriesInstanceUid), position: view.position })),
      ...ofJobs.map((view) => ({ stream: streamName.job(view.job), position: view.position })),
    ];
    return found.toSorted((a, b) => a.position - b.position).slice(0, CHUNK);
  }

  private lineOf(candidate: Candidate, question: RetentionQuestion): Promise<RetentionLine | undefined> {
    return categoryOf(candidate.stream) === 'series'
      ? this.ofSeries(candidate, question)
      : this.ofJob(candidate, question);
  }

  private async ofSeries(candidate: Candidate, question: RetentionQuestion): Promise<RetentionLine | undefined> {
    const { state } = await this.commands.load(seriesDecider, candidate.stream);
    if (state.status === 'unknown') return undefined;
    const { outlook } = await readOutlookOfSeries(this.commands, state, question);
    const objects = livingObjects(state).map(({ object }) => object.size);
    return lineOf(candidate, outlook, objects);
  }

  private async ofJob(candidate: Candidate, question: RetentionQuestion): Promise<RetentionLine | undefined> {
    const { state } = await this.commands.load(jobDecider, candidate.stream);
    if (state.status === 'unknown') return undefined;
    const { outlook } = await readOutlookOfJob(this.commands, state, question);
    return lineOf(candidate, outlook, sizesOf(state));
  }
}

/** What is left of the attempts that succeeded, files included. */
const sizesOf = ({ derived, successes, expiry }: KnownJob): readonly number[] => {
  const isLeft = ({ attempt }: { readonly attempt: number }): boolean => attempt > (expiry?.attempt ?? 0);
  const files = successes.filter(isLeft).flatMap((success) => success.files.map(({ object }) => object.size));
  return [...[...derived.values()].filter(isLeft).map(({ object }) => object.size), ...files];
};

/** Undefined where nothing is left that could be let go. */
const lineOf = (
  { stream, position }: Candidate,
  outlook: RetentionOutlook,
  sizes: readonly number[],
): RetentionLine | undefined => {
  if (outlook.what === 'gone' || outlook.what === 'unread') return undefined;
  const about = { objects: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), stream, position };
  if (outlook.what === 'stays') return { ...about, what: 'stays', until: null, policy: null, because: outlook.because };
  const { until, policy, because } = outlook.kept;
  return { ...about, what: outlook.what, until: until ?? null, policy: policy ?? null, because };
};
