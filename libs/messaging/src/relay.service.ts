import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { EventLog } from '@waystation/event-log';
import { consumers } from '@waystation/events';
import { Relay, type RelayOptions } from './relay.js';
import { topologyOf } from './topology.js';

export interface RelayServiceOptions extends Pick<RelayOptions, 'source' | 'logger'> {
  /** `embedded`, or the address of a RabbitMQ. */
  readonly bus: string;
  readonly log: EventLog;
}

/** Runs the relay as long as the application runs; an embedded bus needs none. */
@Injectable()
export class RelayService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #relay: Relay | undefined;

  constructor({ bus, ...options }: RelayServiceOptions) {
    if (bus !== 'embedded') this.#relay = new Relay({ ...options, url: bus, topology: topologyOf(consumers) });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.#relay?.start();
  }

  /** Before the log is closed, which happens in `onApplicationShutdown`. */
  async onModuleDestroy(): Promise<void> {
    await this.#relay?.stop();
  }
}
