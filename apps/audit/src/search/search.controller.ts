import { EventLog } from '@waystation/event-log';
import { parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { DataSource, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { DeliveryView } from '../project-history/delivery.view.js';
import { QuarantineView } from '../project-history/quarantine.view.js';
import { SeriesView } from '../project-history/series.view.js';
import { ApiPage, PageQuery } from './page-query.js';

const SeriesQuery = PageQuery.extend({
  study: z.string().optional(),
  modality: z.string().optional(),
  status: z.enum(['receiving', 'complete']).optional(),
  outcome: z.enum(['routed', 'discarded', 'unmatched']).optional(),
});
type SeriesQuery = z.infer<typeof SeriesQuery>;

const DeliveryQuery = PageQuery.extend({
  series: z.string().optional(),
  target: z.string().optional(),
  status: z.enum(['waiting', 'attempting', 'succeeded', 'abandoned']).optional(),
});
type DeliveryQuery = z.infer<typeof DeliveryQuery>;

/** Lists, newest first. */
@ApiTags('search')
@Controller('api')
export class SearchController {
  constructor(
    private readonly views: DataSource,
    private readonly log: EventLog,
  ) {}

  @Get('series')
  @ApiOperation({ summary: 'Series, the one with the newest event first' })
  @ApiQuery({ name: 'study', required: false })
  @ApiQuery({ name: 'modality', required: false })
  @ApiQuery({ name: 'status', required: false })
  @ApiQuery({ name: 'outcome', required: false })
  @ApiPage()
  series(@Query(parseRequest(SeriesQuery)) query: SeriesQuery): Promise<SeriesView[]> {
    const where: FindOptionsWhere<SeriesView> = {
      ...(query.study === undefined ? {} : { studyInstanceUid: query.study }),
      ...(query.modality === undefined ? {} : { modality: query.modality }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.outcome === undefined ? {} : { outcome: query.outcome }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(SeriesView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'Deliveries, the one with the newest event first' })
  @ApiQuery({ name: 'series', required: false })
  @ApiQuery({ name: 'target', required: false })
  @ApiQuery({ name: 'status', required: false })
  @ApiPage()
  deliveries(@Query(parseRequest(DeliveryQuery)) query: DeliveryQuery): Promise<DeliveryView[]> {
    const where: FindOptionsWhere<DeliveryView> = {
      ...(query.series === undefined ? {} : { seriesInstanceUid: query.series }),
      ...(query.target === undefined ? {} : { target: query.target }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(DeliveryView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }

  @Get('quarantine')
  @ApiOperation({ summary: 'Objects that could not be understood; their bytes are kept' })
  @ApiPage()
  quarantine(@Query(parseRequest(PageQuery)) query: z.infer<typeof PageQuery>): Promise<QuarantineView[]> {
    const where = query.before === undefined ? {} : { position: LessThan(query.before) };
    return this.views.getRepository(QuarantineView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }

  @Get('queues')
  @ApiOperation({ summary: 'What waits: series for their quiet period to end, deliveries in the lane of their target' })
  queues(): ReturnType<EventLog['timers']['queues']> {
    return this.log.timers.queues('');
  }
}
