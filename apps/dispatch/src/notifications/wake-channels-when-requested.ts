import { notificationDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { messageFlow, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { ChannelLanes } from './channel-lanes.js';

/** When a notification is requested: look at the lane of its channel at once instead of at the next round. */
@Controller()
export class WakeChannelsWhenRequested {
  constructor(
    private readonly lanes: ChannelLanes,
    private readonly commands: CommandHandler,
  ) {}

  @OnEvent(messageFlow.wakeChannels)
  async on({ stream }: RecordedEvent): Promise<void> {
    const { state } = await this.commands.load(notificationDecider, stream);
    if (state.status !== 'unknown') this.lanes.wake(state.request.channel);
  }
}
