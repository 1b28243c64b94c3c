import { EventLog } from '@waystation/event-log';
import { messageFlow, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';

/** When the hours may be other ones, or a delivery is over: looks at once at what waits for that. */
@Controller()
export class WakeHeldDeliveries {
  constructor(private readonly log: EventLog) {}

  @OnEvent(messageFlow.wakeHeldDeliveries)
  async on({ stream }: RecordedEvent): Promise<void> {
    await this.log.timers.wake(stream);
  }
}
