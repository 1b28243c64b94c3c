import { deliveryDecider } from '@waystation/domain';
import { CommandHandler } from '@waystation/event-log';
import { messageFlow, type DeliveryAbandoned, type DeliverySucceeded, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { decisionsAskingFor } from './decisions-asking-for.js';
import { RequestNotifications } from './request-notifications.js';

/** When a delivery ended: tell those who want to know that everything arrived, or that something did not. */
@Controller()
export class NotifyWhenDelivered {
  constructor(
    private readonly commands: CommandHandler,
    private readonly notifications: RequestNotifications,
  ) {}

  @OnEvent(messageFlow.notifyOfOutcomes)
  async on(ended: RecordedEvent<DeliverySucceeded | DeliveryAbandoned>): Promise<void> {
    const { state } = await this.commands.load(deliveryDecider, ended.stream);
    if (state.status === 'unknown') return;
    const { delivery } = state.request;
    const outcome =
      ended.type === 'delivery.succeeded.v1' ? 'succeeded' : { code: (ended.data as DeliveryAbandoned['data']).code };
    for (const decision of await decisionsAskingFor(state.request, this.commands))
      await this.notifications.ofOutcome(decision, { delivery, outcome }, ended);
  }
}
