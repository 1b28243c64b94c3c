import { deliveryDecider, type DeliveryCommand } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiTags, AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

/** What is known of a delivery after a command. */
export interface CommandedDelivery {
  readonly delivery: string;
  readonly status: string;
}

/** Has deliveries wait, or wait no longer, over HTTP. */
@ApiTags('deliveries')
@Controller('api/deliveries')
@AuthoredByQuery()
export class HoldController {
  constructor(private readonly commands: CommandHandler) {}

  @Post(':delivery/hold')
  @HttpCode(202)
  @ApiOperation({ summary: 'Has a delivery wait until somebody releases it; an attempt under way is not broken off' })
  hold(@Param('delivery') delivery: string, @By() by: Authorship): Promise<CommandedDelivery> {
    return this.tell(delivery, { kind: 'hold-delivery', note: by.reason }, by);
  }

  @Post(':delivery/release')
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Sends a delivery now that is held or waits, at whatever hour and whether or not the one before it is over',
  })
  release(@Param('delivery') delivery: string, @By() by: Authorship): Promise<CommandedDelivery> {
    return this.tell(delivery, { kind: 'release-delivery', note: by.reason }, by);
  }

  private async tell(delivery: string, command: DeliveryCommand, { actor }: Authorship): Promise<CommandedDelivery> {
    const { state } = await this.commands.handle(deliveryDecider, streamName.delivery(delivery), command, {
      metadata: { actor },
    });
    return { delivery, status: state.status };
  }
}
