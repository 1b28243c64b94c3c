import type { RetentionLine } from '@waystation/answers';
import { assertPublishable, checkSubmission, knownTagsOf } from '@waystation/domain';
import { ConfigurationDocument } from '@waystation/events';
import { ApiBody, ApiOperation, ApiQuery, ApiTags, openApiSchema, parseRequest } from '@waystation/service';
import { applyDecorators, Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { FindRetention } from './find-retention.js';
import { RetentionQuery } from './retention-query.js';

/** The document as somebody wrote it: checked like one that is to be published. */
const Submission = z.strictObject({ document: z.unknown() });

const ApiRetention = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'series', required: false }),
    ApiQuery({ name: 'study', required: false }),
    ApiQuery({ name: 'all', required: false, description: 'true: also what is kept for ever, or goes on' }),
    ApiQuery({ name: 'limit', required: false, description: 'how many lines, at most 1000; 50 unless told' }),
    ApiQuery({ name: 'after', required: false, description: 'the position of the last line of the page before' }),
  );

/** How long objects are kept, over HTTP. */
@ApiTags('retention')
@Controller('api/retention')
export class RetentionController {
  constructor(private readonly retention: FindRetention) {}

  @Get()
  @ApiOperation({ summary: 'When objects of series and what jobs made expire by the configuration in force, and why' })
  @ApiRetention()
  inForce(@Query(parseRequest(RetentionQuery)) query: RetentionQuery): Promise<readonly RetentionLine[]> {
    return this.retention.find(query);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'When they would expire by another configuration; changes nothing' })
  @ApiBody(() => ({ schema: openApiSchema(z.strictObject({ document: ConfigurationDocument })) }))
  @ApiRetention()
  with(
    @Body(parseRequest(Submission)) submission: z.infer<typeof Submission>,
    @Query(parseRequest(RetentionQuery)) query: RetentionQuery,
  ): Promise<readonly RetentionLine[]> {
    const { document, problems } = checkSubmission(submission.document, knownTagsOf);
    assertPublishable(problems);
    return this.retention.find(query, ConfigurationDocument.parse(document));
  }
}
