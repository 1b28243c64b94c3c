import type { ObjectsLine } from '@waystation/answers';
import {
  ApiBody,
  ApiOperation,
  ApiQuery,
  ApiTags,
  AuthoredByQuery,
  By,
  openApiSchema,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerWithProgress } from '../verify/answer-with-progress.js';
import { answerWithLines, LINES } from '../what-if/answer-with-lines.js';
import { CheckObjects } from './check-objects.js';
import { ReapObjects } from './reap-objects.js';

const HOUR_MS = 3_600_000;
const MOST_HOURS = 876_000;

const CheckQuery = z.object({
  olderThanHours: z.coerce.number().nonnegative().max(MOST_HOURS).default(24),
  limit: z.coerce.number().int().min(0).max(10_000).default(1000),
});
type CheckQuery = z.infer<typeof CheckQuery>;

const ReapBody = z.strictObject({
  /** For how long they have been there at least. */
  olderThanHours: z.number().nonnegative().max(MOST_HOURS).default(24),
  /** Counts them only. */
  dryRun: z.boolean().default(false),
});
type ReapBody = z.infer<typeof ReapBody>;

/** The object store held against the log, over HTTP. */
@ApiTags('objects')
@Controller('api/objects')
export class ObjectsController {
  constructor(
    private readonly checking: CheckObjects,
    private readonly reaping: ReapObjects,
  ) {}

  @Get('check')
  @ApiOperation({
    summary:
      'Lists objects that no event names, and events whose object is not there; changes nothing. With Accept: application/x-ndjson a line for each as it is found, with progress between them and the summary at the end',
  })
  @ApiQuery({ name: 'olderThanHours', required: false, description: 'younger ones may be on their way; 24 without it' })
  @ApiQuery({ name: 'limit', required: false, description: 'how many are told in one document; all are counted' })
  async check(
    @Query(parseRequest(CheckQuery)) { olderThanHours, limit }: CheckQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const lines = this.checking.run(olderThanHours * HOUR_MS);
    if (request.headers.accept === LINES) return answerWithLines(response, lines, (line) => 'progress' in line);
    const findings: ObjectsLine[] = [];
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) return void response.json({ findings, summary: value });
      if (!('progress' in value) && findings.length < limit) findings.push(value);
    }
  }

  @Post('reap')
  @ApiOperation({ summary: 'Removes objects that no event names' })
  @ApiBody(() => ({ schema: openApiSchema(ReapBody) }))
  @AuthoredByQuery()
  async reap(
    @Body(parseRequest(ReapBody)) { olderThanHours, dryRun }: ReapBody,
    @By() { actor }: Authorship,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const order = { olderThanMs: olderThanHours * HOUR_MS, dryRun, actor };
    await answerWithProgress(request, response.status(200), (report) => this.reaping.run(order, report));
  }
}
