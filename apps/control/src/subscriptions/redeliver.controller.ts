import { configurationDecider } from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, SubscriptionRedeliveryRequested } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import {
  ApiOperation,
  ApiQuery,
  ApiTags,
  AuthoredByQuery,
  By,
  parseRequest,
  type Authorship,
} from '@waystation/service';
import { Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';

const RedeliveryQuery = z.object({ position: z.coerce.number().int().positive() });
type RedeliveryQuery = z.infer<typeof RedeliveryQuery>;

/** Sends an endpoint an event once more, over HTTP. */
@ApiTags('events')
@Controller('api/subscriptions')
export class RedeliverController {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  @Post(':name/redeliver')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Sends the endpoint of a subscription an event once more, when everything before this is sent',
  })
  @ApiQuery({ name: 'position', description: 'of the event, such as one that was refused' })
  @AuthoredByQuery()
  async redeliver(
    @Param('name') name: string,
    @Query(parseRequest(RedeliveryQuery)) { position }: RedeliveryQuery,
    @By() { actor, reason }: Authorship,
  ): Promise<{ subscription: string; position: number }> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    if (!state.document.subscriptions.some((subscription) => subscription.name === name))
      throw new CodedError('subscription.unknown', `there is no subscription '${name}'`);
    const { position: head } = await this.log.head();
    if (position > head)
      throw new CodedError('subscription.unknown-position', `the log ends at position ${head}, before ${position}`);
    await this.log.append({
      time: new Date().toISOString(),
      metadata: { actor },
      parts: [
        {
          stream: streamName.subscription(name),
          expected: 'any',
          events: [SubscriptionRedeliveryRequested.of({ position, reason })],
        },
      ],
    });
    return { subscription: name, position };
  }
}
