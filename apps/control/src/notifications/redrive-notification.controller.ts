import { notificationDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { ApiOperation, ApiTags, AuthoredByQuery, By, type Authorship } from '@waystation/service';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

/** Asks for a notification again, over HTTP. */
@ApiTags('notifications')
@Controller('api/notifications')
export class RedriveNotificationController {
  constructor(private readonly commands: CommandHandler) {}

  @Post(':notification/redrive')
  @HttpCode(202)
  @ApiOperation({ summary: 'Tries a waiting or abandoned notification again now' })
  @AuthoredByQuery()
  async redrive(
    @Param('notification') notification: string,
    @By() { actor, reason }: Authorship,
  ): Promise<{ notification: string; status: string }> {
    const { state } = await this.commands.handle(
      notificationDecider,
      streamName.notification(notification),
      { kind: 'redrive-notification', reason },
      { metadata: { actor } },
    );
    return { notification, status: state.status };
  }
}
