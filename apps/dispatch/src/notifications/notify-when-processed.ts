import { CommandHandler } from '@waystation/event-log';
import { idOf, messageFlow, type JobCancelled, type JobRouted, type RecordedEvent } from '@waystation/events';
import { OnEvent } from '@waystation/messaging';
import { Controller } from '@nestjs/common';
import { decisionsProcessing } from './decisions-processing.js';
import { RequestNotifications } from './request-notifications.js';

/** When it is decided what follows from a job: tell those who want to know where nothing does, or where it failed. */
@Controller()
export class NotifyWhenProcessed {
  constructor(
    private readonly commands: CommandHandler,
    private readonly notifications: RequestNotifications,
  ) {}

  @OnEvent(messageFlow.notifyOfJobs)
  async on(over: RecordedEvent<JobRouted | JobCancelled>): Promise<void> {
    for (const decision of await decisionsProcessing(this.commands, idOf(over.stream)))
      await this.notifications.ofProcessing(decision, over);
  }
}
