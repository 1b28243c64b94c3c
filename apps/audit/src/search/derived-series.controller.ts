import type { DerivedSeriesLine } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { FindDerivedSeries } from './find-derived-series.js';
import { ApiPage, PageQuery } from './page-query.js';

const DerivedSeriesQuery = PageQuery.extend({ study: z.string().optional(), of: z.string().optional() });
type DerivedSeriesQuery = z.infer<typeof DerivedSeriesQuery>;

/** Lists what modules made. */
@ApiTags('search')
@Controller('api/derived-series')
export class DerivedSeriesController {
  constructor(private readonly found: FindDerivedSeries) {}

  @Get()
  @ApiOperation({
    summary: 'Series that modules made, by the job with the newest event first; a page is of so many jobs',
  })
  @ApiQuery({ name: 'study', required: false, description: 'made of series of this study' })
  @ApiQuery({ name: 'of', required: false, description: 'made of this series' })
  @ApiPage()
  list(@Query(parseRequest(DerivedSeriesQuery)) query: DerivedSeriesQuery): Promise<readonly DerivedSeriesLine[]> {
    return this.found.find(query);
  }
}
