import type { Explanation } from '@waystation/answers';
import { ApiOperation, ApiQuery, ApiTags, parseRequest } from '@waystation/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Explain } from './explain.js';

const RevisionQuery = z.object({ revision: z.coerce.number().int().positive().optional() });

/** Why things are as they are, over HTTP. */
@ApiTags('history')
@Controller('api')
export class ExplainController {
  constructor(private readonly explain: Explain) {}

  @Get('series/:seriesInstanceUid/explanation')
  @ApiOperation({
    summary:
      'Why a series completed when it did, what each rule saw and said, and why each delivery went where with what success',
  })
  @ApiQuery({ name: 'revision', required: false, description: 'the last one without it' })
  series(
    @Param('seriesInstanceUid') seriesInstanceUid: string,
    @Query(parseRequest(RevisionQuery)) { revision }: z.infer<typeof RevisionQuery>,
  ): Promise<Explanation> {
    return this.explain.series(seriesInstanceUid, revision);
  }
}
