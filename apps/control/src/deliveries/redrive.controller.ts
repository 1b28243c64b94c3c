import { deliveryDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { parseRequest } from '@waystation/service';
import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { AuthorshipQuery } from '../configuration/requests.js';

/** Asks for a delivery again, over HTTP. */
@ApiTags('deliveries')
@Controller('api/deliveries')
export class RedriveController {
  constructor(private readonly commands: CommandHandler) {}

  @Post(':delivery/redrive')
  @HttpCode(202)
  @ApiOperation({ summary: 'Tries a waiting or abandoned delivery again now; only what has no receipt is sent' })
  @ApiQuery({ name: 'author', required: false })
  @ApiQuery({ name: 'reason', required: false })
  async redrive(
    @Param('delivery') delivery: string,
    @Query(parseRequest(AuthorshipQuery)) { author, reason }: AuthorshipQuery,
  ): Promise<{ delivery: string; status: string }> {
    const { state } = await this.commands.handle(
      deliveryDecider,
      streamName.delivery(delivery),
      { kind: 'redrive-delivery', reason },
      { metadata: { actor: { kind: 'user', name: author } } },
    );
    return { delivery, status: state.status };
  }
}
