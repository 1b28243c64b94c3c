import { setTimeout as delay } from 'node:timers/promises';
import { EventLog } from '@waystation/event-log';
import { messageOf, plural } from '@waystation/kernel';
import { LOGGER, type Logger } from '@waystation/service';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LostReceivers } from './lost-receivers.js';
import { OwnReceiver } from './own-receiver.js';
import type { ReceiverLife } from './receiver-life.js';

/** Between two looks at the own office and for receivers that are gone. */
const LOOK_MS = 3_000;

/** This process as one of the receivers of a log: known to be well to the others, and looking after those that are gone. */
@Injectable()
export class ReceiverService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly own: OwnReceiver;
  private readonly lost: LostReceivers;
  private readonly stopping = new AbortController();
  private readonly listeners: ((associations: ReadonlySet<string>) => void)[] = [];
  private running: Promise<void> = Promise.resolve();

  constructor(
    log: EventLog,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.own = new OwnReceiver(log, ({ associations }) => this.over(associations));
    this.lost = new LostReceivers(log);
  }

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** After the last association is gone. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.own.close();
    await this.lost.close();
  }

  /** The life that accepts associations now. @throws CodedError `log.unavailable` */
  life(): Promise<ReceiverLife> {
    return this.own.life();
  }

  /** Calls back with associations of this process that others have ended, because it was not heard of. */
  onOver(listener: (associations: ReadonlySet<string>) => void): void {
    this.listeners.push(listener);
  }

  private over(associations: ReadonlySet<string>): void {
    this.logger.warn(
      `this receiver was not heard of for too long: ${plural(associations.size, 'association')} broken off`,
    );
    for (const listener of this.listeners) listener(associations);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.own.keepUp();
        const ended = await this.lost.turn();
        if (ended > 0) this.logger.log(`${plural(ended, 'association')} ended whose receiver is gone`);
      } catch (error) {
        this.logger.debug(`receivers: ${messageOf(error)}`);
      }
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}
