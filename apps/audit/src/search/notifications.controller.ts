import type { NotificationLine } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { NotificationView } from '../project-history/notification.view.js';
import { ApiPage, PageQuery } from './page-query.js';

const NotificationQuery = PageQuery.extend({
  series: z.string().optional(),
  study: z.string().optional(),
  channel: z.string().optional(),
  status: z.enum(['waiting', 'attempting', 'sent', 'abandoned']).optional(),
});
type NotificationQuery = z.infer<typeof NotificationQuery>;

/** Lists whom rules told of what. */
@ApiTags('search')
@Controller('api/notifications')
export class NotificationsController {
  constructor(private readonly views: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'Whom rules told of what, the one with the newest event first' })
  @ApiQuery({ name: 'series', required: false })
  @ApiQuery({ name: 'study', required: false, description: 'of the study and of its series' })
  @ApiQuery({ name: 'channel', required: false })
  @ApiQuery({ name: 'status', required: false, description: 'waiting, attempting, sent or abandoned' })
  @ApiPage()
  list(@Query(parseRequest(NotificationQuery)) query: NotificationQuery): Promise<readonly NotificationLine[]> {
    const where: FindOptionsWhere<NotificationView> = {
      ...(query.series === undefined ? {} : { seriesInstanceUid: query.series }),
      ...(query.study === undefined ? {} : { studyInstanceUid: query.study }),
      ...(query.channel === undefined ? {} : { channel: query.channel }),
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(NotificationView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }
}
