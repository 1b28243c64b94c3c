import { configurationDecider } from '@waystation/domain';
import type { CommandHandler } from '@waystation/event-log';
import { streamName } from '@waystation/events';

/** The configuration is looked at once in so many milliseconds, not once per object. */
const FRESH_MS = 1000;

/** The quiet period in force: what a series that opens now will wait for. */
export class QuietPeriod {
  private known: { readonly milliseconds: number; readonly readAt: number } | undefined;

  constructor(private readonly commands: CommandHandler) {}

  async milliseconds(): Promise<number> {
    if (this.known === undefined || performance.now() - this.known.readAt > FRESH_MS) {
      const { state } = await this.commands.load(configurationDecider, streamName.configuration);
      const milliseconds = Math.round(state.document.completion.quietPeriodSeconds * 1000);
      this.known = { milliseconds, readAt: performance.now() };
    }
    return this.known.milliseconds;
  }
}
