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
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { RequestReinjection } from './request-reinjection.js';
import { Reinjection } from './requests.js';

const Position = z.coerce.number().int().positive();

/** What operators say of objects in quarantine, over HTTP. */
@ApiTags('quarantine')
@Controller('api/quarantine')
export class QuarantineController {
  constructor(private readonly reinjection: RequestReinjection) {}

  @Post(':position/reinject')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Has an object in quarantine taken in again, as if its sender had sent it once more',
    description:
      'The position is that of the object in the list. What became of it stands there as well, and in the history of its series.',
  })
  @ApiBody(() => ({ schema: openApiSchema(Reinjection), required: false }))
  @AuthoredByQuery()
  async reinject(
    @Param('position', parseRequest(Position)) position: number,
    @Body(parseRequest(Reinjection)) wanted: Reinjection,
    @By() by: Authorship,
  ): Promise<{ readonly position: number; readonly status: string }> {
    const { status } = await this.reinjection.ask(position, wanted, by);
    return { position, status };
  }
}
