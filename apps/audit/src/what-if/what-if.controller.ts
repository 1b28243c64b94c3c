import { assertPublishable, checkSubmission, knownTagsOf } from '@waystation/domain';
import { EventLog } from '@waystation/event-log';
import { ConfigurationDocument } from '@waystation/events';
import { ApiBody, ApiOperation, ApiQuery, ApiTags, openApiSchema, parseRequest } from '@waystation/service';
import { Body, Controller, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { answerWithLines, LINES } from './answer-with-lines.js';
import { firstDifferences } from './first-differences.js';
import { WhatIf } from './what-if.js';
import { whatIfRange } from './what-if-range.js';

const WhatIfQuery = z.object({
  since: z.string().min(1).optional(),
  until: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(0).max(10_000).default(1000),
});
type WhatIfQuery = z.infer<typeof WhatIfQuery>;

/** The document as somebody wrote it: checked like one that is to be published. */
const Submission = z.strictObject({ document: z.unknown() });
const moment = 'a position (1234) or an instant (2026-01-31T12:00:00Z)';

/** What other rules would have decided, over HTTP. */
@ApiTags('replay')
@Controller('api/what-if')
export class WhatIfController {
  constructor(
    private readonly log: EventLog,
    private readonly whatIf: WhatIf,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Makes every decision of the past again with another configuration, and tells which would differ and why. With Accept: application/x-ndjson a line for each as it is found, with progress between them and the summary at the end',
  })
  @ApiBody(() => ({ schema: openApiSchema(z.strictObject({ document: ConfigurationDocument })) }))
  @ApiQuery({ name: 'since', required: false, description: `${moment}; the beginning without it` })
  @ApiQuery({ name: 'until', required: false, description: `${moment}; the end without it` })
  @ApiQuery({
    name: 'limit',
    required: false,
    description: 'differences that are told in one document; all are counted',
  })
  async ask(
    @Body(parseRequest(Submission)) submission: z.infer<typeof Submission>,
    @Query(parseRequest(WhatIfQuery)) { since, until, limit }: WhatIfQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const document = publishable(submission.document);
    const range = await whatIfRange(this.log, since, until);
    const lines = this.whatIf.run({ document, ...range });
    if (request.headers.accept === LINES) await answerWithLines(response, lines, (line) => 'progress' in line);
    else response.json(await firstDifferences(lines, limit, () => response.destroyed));
  }
}

/** @throws CodedError `configuration.invalid` with everything that is wrong with it */
const publishable = (submitted: unknown): ConfigurationDocument => {
  const { document, problems } = checkSubmission(submitted, knownTagsOf);
  assertPublishable(problems);
  return ConfigurationDocument.parse(document);
};
