import { configurationDecider } from '@waystation/domain';
import type { CommandHandler, EventLog } from '@waystation/event-log';
import { streamName, type Subscription } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { Logger } from '@waystation/service';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { SharedPages } from '../feed/shared-pages.js';
import { rest } from './rest.js';
import { WebhookLane } from './webhook-lane.js';
import { checkpointOf } from './webhook-names.js';

export interface WebhooksOptions {
  readonly log: EventLog;
  readonly commands: CommandHandler;
  readonly source: string;
  readonly logger: Pick<Logger, 'log' | 'warn'>;
}

/** A configuration that is published is followed after so long at the latest. */
const LOOK_MS = 1_000;
const GRACE_MS = 3_000;

/** A lane for each subscription in force, independent of the others: an endpoint that is dead delays nobody else. */
export class Webhooks implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stopping = new AbortController();
  readonly #pages: SharedPages;
  readonly #lanes = new Map<string, { readonly text: string; readonly lane: WebhookLane }>();
  #version = -1;
  #ended: Promise<void> = Promise.resolve();

  constructor(private readonly options: WebhooksOptions) {
    this.#pages = new SharedPages(options.log);
  }

  onApplicationBootstrap(): void {
    this.#ended = this.#run();
  }

  /** Before the log is closed. */
  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
    await Promise.all([...this.#lanes.values()].map(({ lane }) => lane.stop(GRACE_MS)));
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (; !signal.aborted; await rest(LOOK_MS, signal)) {
      try {
        await this.#look();
      } catch (error) {
        this.options.logger.warn(`webhooks cannot be looked up: ${messageOf(error)}`);
      }
    }
  }

  async #look(): Promise<void> {
    const { state } = await this.options.commands.load(configurationDecider, streamName.configuration);
    if (state.version === this.#version) return;
    const inForce = new Map(state.document.subscriptions.map((subscription) => [subscription.name, subscription]));
    for (const [name, { text }] of this.#lanes)
      if (text !== textOf(inForce.get(name))) await this.#stop(name, inForce.has(name));
    for (const [name, subscription] of inForce)
      if (!subscription.disabled && !this.#lanes.has(name)) this.#start(subscription, state.version);
    this.#version = state.version;
  }

  #start(subscription: Subscription, version: number): void {
    const { log, source, logger } = this.options;
    const lane = new WebhookLane({ subscription, version, log, pages: this.#pages, source, logger });
    this.#lanes.set(subscription.name, { text: textOf(subscription), lane });
  }

  /** A subscription that is gone for good leaves no place to go on from. */
  async #stop(name: string, remains: boolean): Promise<void> {
    await this.#lanes.get(name)?.lane.stop(GRACE_MS);
    this.#lanes.delete(name);
    if (!remains) await this.options.log.checkpoints.forget(checkpointOf(name));
  }
}

/** A subscription that sends nothing has no lane. */
const textOf = (subscription: Subscription | undefined): string =>
  subscription === undefined || subscription.disabled ? '' : JSON.stringify(subscription);
