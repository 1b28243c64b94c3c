import type { QuarantineLine, RefusalLine } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource, In, LessThan, type FindOptionsWhere } from 'typeorm';
import { z } from 'zod';
import { QuarantineView } from '../project-history/quarantine.view.js';
import { RefusalView } from '../project-history/refusal.view.js';
import { ReinjectionView } from '../project-history/reinjection.view.js';
import { ApiPage, PageQuery } from './page-query.js';

const RefusalQuery = PageQuery.extend({
  what: z.enum(['association', 'operation', 'object']).optional(),
  from: z.string().optional(),
});
type RefusalQuery = z.infer<typeof RefusalQuery>;

/** Lists what was not taken in. */
@ApiTags('search')
@Controller('api')
export class QuarantineController {
  constructor(private readonly views: DataSource) {}

  @Get('quarantine')
  @ApiOperation({
    summary: 'Objects that could not be understood; their bytes are kept, and can be taken in again by their position',
  })
  @ApiPage()
  async quarantine(
    @Query(parseRequest(PageQuery)) query: z.infer<typeof PageQuery>,
  ): Promise<readonly QuarantineLine<Date>[]> {
    const where = query.before === undefined ? {} : { position: LessThan(query.before) };
    const views = this.views.getRepository(QuarantineView);
    const lines = await views.find({ where, order: { position: 'DESC' }, take: query.limit });
    const reinjections = await this.reinjectionsOf(lines);
    return lines.map((line) => {
      const { status = 'kept-aside', seriesInstanceUid = null, refusal = null } = reinjections.get(line.sha256) ?? {};
      return Object.assign(line, { status, seriesInstanceUid, refusal });
    });
  }

  @Get('refusals')
  @ApiOperation({
    summary: 'What peers were refused, the last first: associations, operations that are not served, and objects',
  })
  @ApiQuery({ name: 'what', required: false, enum: RefusalQuery.shape.what.unwrap().options })
  @ApiQuery({ name: 'from', required: false, description: 'only of this calling AE title' })
  @ApiPage()
  refusals(@Query(parseRequest(RefusalQuery)) query: RefusalQuery): Promise<readonly RefusalLine<Date>[]> {
    const where: FindOptionsWhere<RefusalView> = {
      ...(query.what === undefined ? {} : { what: query.what }),
      ...(query.from === undefined ? {} : { callingAeTitle: query.from }),
      ...(query.before === undefined ? {} : { position: LessThan(query.before) }),
    };
    return this.views.getRepository(RefusalView).find({ where, order: { position: 'DESC' }, take: query.limit });
  }

  private async reinjectionsOf(lines: readonly QuarantineView[]): Promise<ReadonlyMap<string, ReinjectionView>> {
    if (lines.length === 0) return new Map();
    const sha256 = In(lines.map((line) => line.sha256));
    const found = await this.views.getRepository(ReinjectionView).find({ where: { sha256 } });
    return new Map(found.map((reinjection) => [reinjection.sha256, reinjection]));
  }
}
