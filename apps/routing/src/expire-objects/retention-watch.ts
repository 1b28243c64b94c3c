import {
  configurationDecider,
  FIRST_LOOK_MS,
  letsAnythingGo,
  retentionChanges,
  retentionQueue,
} from '@waystation/domain';
import { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName } from '@waystation/events';
import { Injectable } from '@nestjs/common';

const timer = { queue: retentionQueue, waitsFor: retentionChanges } as const;

/** Has it looked how long things are kept; where the configuration lets nothing go, there is nothing to look at. */
@Injectable()
export class RetentionWatch {
  constructor(
    private readonly log: EventLog,
    private readonly commands: CommandHandler,
  ) {}

  /**
   * Watches a series or job that is decided. To be called once that is in the log: a configuration that is published before
   * the call is seen here, and one that is published after it finds the stream.
   */
  async begin(stream: string): Promise<void> {
    if (await this.isNeeded()) await this.log.timers.arm(stream, { ...timer, afterMs: FIRST_LOOK_MS });
  }

  /** Looks at once at all that is watched, and at all else where the configuration lets anything go. */
  async lookAtAll(): Promise<void> {
    await this.log.timers.wakeByParts(retentionChanges);
    // Whoever looked by what held before has its claim void by now, and cannot end a watch any more.
    if (await this.isNeeded()) await this.log.timers.armAll(['series', 'job'], timer);
  }

  private async isNeeded(): Promise<boolean> {
    const { state } = await this.commands.load(configurationDecider, streamName.configuration);
    return letsAnythingGo(state.document);
  }
}
