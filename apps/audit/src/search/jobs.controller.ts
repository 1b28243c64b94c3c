import type { JobLine } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { JobView } from '../project-history/job.view.js';
import { ApiPage, PageQuery } from './page-query.js';

const JobQuery = PageQuery.extend({
  series: z.string().optional(),
  study: z.string().optional(),
  module: z.string().optional(),
  rule: z.string().optional(),
  status: z.enum(['waiting', 'held', 'running', 'succeeded', 'abandoned', 'cancelled']).optional(),
});
type JobQuery = z.infer<typeof JobQuery>;

/** Lists what was or is to be processed. */
@ApiTags('search')
@Controller('api/jobs')
export class JobsController {
  constructor(private readonly views: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Jobs, the one with the newest event first' })
  @ApiQuery({ name: 'series', required: false })
  @ApiQuery({ name: 'study', required: false, description: 'of the study and of its series' })
  @ApiQuery({ name: 'module', required: false })
  @ApiQuery({ name: 'rule', required: false })
  @ApiQuery({
    name: 'status',
    required: false,
    description: 'waiting, held, running, succeeded, abandoned or cancelled',
  })
  @ApiPage()
  list(@Query(parseRequest(JobQuery)) query: JobQuery): Promise<readonly JobLine<Date>[]> {
    const where: FindOptionsWhere<JobView> = {
      ...(query.series === undefined ? {} : { seriesInstanceUid: query.series }),
      ...(query.study === undefined ? {} : { studyInstanceUid: query.study }),
      ...(query.module === undefined ? {} : { module: query.module }),
      ...(query.rule === undefined ? {} : { rule: query.rule }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(JobView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }
}
