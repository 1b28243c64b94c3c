import { deliveryDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { messageFlow, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { Lanes } from './lanes.js';

/** When a delivery is requested: look at the lane of its target at once instead of at the next round. */
@Controller()
export class WakeLaneWhenRequested {
  constructor(
    private readonly lanes: Lanes,
    private readonly commands: CommandHandler,
  ) {}

  @OnEvent(messageFlow.wakeLanes)
  async on({ stream }: RecordedEvent): Promise<void> {
    const { state } = await this.commands.load(deliveryDecider, stream);
    if (state.status !== 'unknown') this.lanes.wake(state.request.target);
  }
}
