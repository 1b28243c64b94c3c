import type { DeliveryLine, FoundStream, SeriesLine } from '@waystation/answers';
import { EventLog } from '@waystation/event-log';
import { DeliveryPriority } from '@waystation/events';
import { ApiBody, ApiOperation, ApiQuery, ApiTags, openApiSchema, parseRequest } from '@waystation/service';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { DataSource, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { DeliveryView } from '../project-history/delivery.view.js';
import { FindSeries } from './find-series.js';
import { findById } from './find-streams.js';
import { ApiPage, PageQuery } from './page-query.js';
import { PatientSearch, SeriesQuery } from './series-query.js';

const DeliveryQuery = PageQuery.extend({
  series: z.string().optional(),
  target: z.string().optional(),
  status: z.enum(['waiting', 'held', 'attempting', 'succeeded', 'abandoned']).optional(),
  priority: DeliveryPriority.optional(),
  hold: z.enum(['off-peak', 'after', 'operator']).optional(),
});
type DeliveryQuery = z.infer<typeof DeliveryQuery>;

const StreamQuery = z.object({ id: z.string().min(1) });

/** Lists, newest first. */
@ApiTags('search')
@Controller('api')
export class SearchController {
  constructor(
    private readonly views: DataSource,
    private readonly log: EventLog,
    private readonly findSeries: FindSeries,
  ) {}

  @Get('series')
  @ApiOperation({ summary: 'Series, the one with the newest event first' })
  @ApiQuery({ name: 'study', required: false })
  @ApiQuery({ name: 'modality', required: false })
  @ApiQuery({ name: 'status', required: false })
  @ApiQuery({ name: 'outcome', required: false })
  @ApiPage()
  series(@Query(parseRequest(SeriesQuery)) query: SeriesQuery): Promise<readonly SeriesLine<Date>[]> {
    return this.findSeries.find(query);
  }

  @Post('series/search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Series of a patient, by exact Patient ID or by words of the name' })
  @ApiBody(() => ({ schema: openApiSchema(PatientSearch) }))
  search(@Body(parseRequest(PatientSearch)) search: PatientSearch): Promise<readonly SeriesLine<Date>[]> {
    return this.findSeries.find(search);
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'Deliveries, the one with the newest event first' })
  @ApiQuery({ name: 'series', required: false })
  @ApiQuery({ name: 'target', required: false })
  @ApiQuery({ name: 'status', required: false, enum: DeliveryQuery.shape.status.unwrap().options })
  @ApiQuery({ name: 'priority', required: false, enum: DeliveryPriority.options })
  @ApiQuery({ name: 'hold', required: false, enum: DeliveryQuery.shape.hold.unwrap().options })
  @ApiPage()
  deliveries(@Query(parseRequest(DeliveryQuery)) query: DeliveryQuery): Promise<readonly DeliveryLine<Date>[]> {
    // Only what is held is held for something, and there is an index by status.
    const status = query.status ?? (query.hold === undefined ? undefined : 'held');
    const where: FindOptionsWhere<DeliveryView> = {
      ...(query.series === undefined ? {} : { seriesInstanceUid: query.series }),
      ...(query.target === undefined ? {} : { target: query.target }),
      ...(status === undefined ? {} : { status }),
      ...(query.priority === undefined ? {} : { priority: query.priority }),
      ...(query.hold === undefined ? {} : { hold: query.hold }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(DeliveryView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }

  @Get('streams')
  @ApiOperation({ summary: 'Which streams go by a UID or an id: a series, a study, a delivery, an association' })
  @ApiQuery({ name: 'id' })
  streams(@Query(parseRequest(StreamQuery)) { id }: z.infer<typeof StreamQuery>): Promise<readonly FoundStream[]> {
    return findById(this.log, id);
  }

  @Get('queues')
  @ApiOperation({
    summary:
      'What waits: series for their quiet period to end, deliveries in the lane of their target, or held for their hours or for another delivery',
  })
  queues(): ReturnType<EventLog['timers']['queues']> {
    return this.log.timers.queues('');
  }
}
