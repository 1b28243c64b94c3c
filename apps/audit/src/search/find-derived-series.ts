import type { DerivedSeriesLine } from '@waystation/answers';
import { derivedBy, jobDecider, type DerivedInstance, type KnownJob } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { categoryOf, idOf, streamName } from '@waystation/events';
import { Injectable } from '@nestjs/common';
import { DataSource, In, LessThan, MoreThan, type FindOptionsWhere } from 'typeorm';
import { JobView } from '../project-history/job.view.js';
import { RelatedStreamView } from '../project-history/related-stream.view.js';

/** Which derived series. */
export interface DerivedSeriesSearch {
  /** Made of series of this study. */
  readonly study?: string | undefined;
  /** Made of this series. */
  readonly of?: string | undefined;
  /** How many jobs are looked at, the one with the newest event first. */
  readonly limit: number;
  readonly before?: number | undefined;
}

/** Finds series that modules made. What they made is in the streams of the jobs, which the read models know. */
@Injectable()
export class FindDerivedSeries {
  constructor(
    private readonly views: DataSource,
    private readonly commands: CommandHandler,
  ) {}

  async find({ study, of, limit, before }: DerivedSeriesSearch): Promise<readonly DerivedSeriesLine[]> {
    const where: FindOptionsWhere<JobView> = {
      outputs: MoreThan(0),
      ...(study === undefined ? {} : { studyInstanceUid: study }),
      ...(of === undefined ? {} : { job: In([...(await this.jobsOf(of))]) }),
      ...(before === undefined ? {} : { position: LessThan(before) }),
    };
    const jobs = await this.views.getRepository(JobView).find({ where, order: { position: 'DESC' }, take: limit });
    const lines: DerivedSeriesLine[] = [];
    for (const { job, position } of jobs) {
      const { state } = await this.commands.load(jobDecider, streamName.job(job));
      if (state.status !== 'unknown') lines.push(...linesOf(state, position));
    }
    return lines;
  }

  private async jobsOf(seriesInstanceUid: string): Promise<readonly string[]> {
    const related = await this.views.getRepository(RelatedStreamView).findBy({ seriesInstanceUid });
    return related.flatMap(({ stream }) => (categoryOf(stream) === 'job' ? [idOf(stream)] : []));
  }
}

const linesOf = (state: KnownJob, position: number): readonly DerivedSeriesLine[] => {
  const { job, module, rule = null, input, originals = input } = state.request;
  const attempt = state.successes.at(-1)?.attempt ?? 0;
  const bySeries = new Map<string, DerivedInstance[]>();
  for (const instance of derivedBy(state, attempt)) {
    const known = bySeries.get(instance.seriesInstanceUid);
    if (known === undefined) bySeries.set(instance.seriesInstanceUid, [instance]);
    else known.push(instance);
  }
  const madeOf = originals.flatMap((part) => ('seriesInstanceUid' in part ? [part.seriesInstanceUid] : []));
  return [...bySeries].map(([seriesInstanceUid, instances]) => ({
    seriesInstanceUid,
    studyInstanceUid: instances[0]?.studyInstanceUid ?? '',
    modality: instances[0]?.header['Modality'] ?? '',
    description: instances[0]?.header['SeriesDescription'] ?? '',
    instances: instances.length,
    ...{ job, module, rule, position },
    madeOf: [...new Set(madeOf)],
    expired: state.expiry !== undefined && state.expiry.attempt >= attempt,
  }));
};
