import { EventLog, segmentsOf, type ArchiveOrder, type Segment } from '@waystation/event-log';
import {
  ApiBody,
  ApiOperation,
  ApiTags,
  AuthoredByQuery,
  By,
  openApiSchema,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerWithProgress } from '../verify/answer-with-progress.js';
import { ArchiveLog } from './archive-log.js';

const ArchiveBody = z.strictObject({
  /** Segments whose last event was recorded before this instant. */
  before: z.iso.datetime({ offset: true }),
  /** Whether they leave the table of the log. */
  detach: z.boolean().default(false),
  /** Whether the database drops them, too. */
  drop: z.boolean().default(false),
});
type ArchiveBody = z.infer<typeof ArchiveBody>;

/** Old segments of the log, over HTTP. */
@ApiTags('log')
@Controller('api/log')
export class ArchiveController {
  constructor(
    private readonly log: EventLog,
    private readonly archive: ArchiveLog,
  ) {}

  @Get('segments')
  @ApiOperation({ summary: 'The segments of the log: which positions, since when, and where they are' })
  segments(): Promise<readonly Segment[]> {
    return segmentsOf(this.log.pool);
  }

  @Post('archive')
  @ApiOperation({
    summary:
      'Copies old segments to the object store and, if asked, takes them out of the table and the database; nothing of the log is lost to its readers',
  })
  @ApiBody(() => ({ schema: openApiSchema(ArchiveBody) }))
  @AuthoredByQuery()
  async run(
    @Body(parseRequest(ArchiveBody)) { before, detach, drop }: ArchiveBody,
    @By() { actor, reason }: Authorship,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const instant = new Date(before).toISOString();
    const order: ArchiveOrder = {
      archiveBefore: instant,
      detachBefore: detach || drop ? instant : undefined,
      dropBefore: drop ? instant : undefined,
      actor,
      reason,
    };
    await answerWithProgress(request, response.status(200), (report) => this.archive.run(order, report));
  }
}
