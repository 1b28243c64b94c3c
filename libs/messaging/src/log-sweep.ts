import type { RecordedEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { HandledPositions } from './handled-positions.js';
import { LogFollower, type LogFollowerOptions } from './log-follower.js';
import { LogHorizon } from './log-horizon.js';
import type { Elections, LogEnd, LogReader, Office } from './log-reader.js';
import { pause } from './pause.js';

export interface LogSweepOptions extends Omit<LogFollowerOptions, 'log'> {
  readonly log: LogReader & LogEnd & { readonly checkpoints: Elections };
  /** How long the broker has to bring an event, milliseconds. */
  readonly behindMs: number;
}

/** Between attempts to become the one that sweeps. There is no hurry: the broker brings nearly everything. */
const candidacyMs = 15_000;
const breatherMs = 1_000;

/**
 * Walks the log behind the news of one consumer and handles what the broker did not bring, so that it depends on the
 * broker when an event is handled, and never whether. Of all processes that have the consumer one sweeps. Behind its
 * checkpoint, `bus/<consumer>` as on the embedded bus, everything is handled.
 */
export class LogSweep {
  readonly #stopping = new AbortController();
  readonly #handled = new HandledPositions();

  constructor(private readonly options: LogSweepOptions) {}

  /** What the broker brought is done. */
  note({ position }: RecordedEvent): void {
    this.#handled.add(position);
  }

  /** Resolves after {@link stop}, when all that was begun is done and the checkpoint is saved. */
  async run(): Promise<void> {
    const { log, logger, subscription } = this.options;
    while (!this.#stopping.signal.aborted) {
      try {
        const office = await log.checkpoints.take(`sweep/${subscription.consumer.name}`);
        if (office === undefined) await pause(candidacyMs, this.#stopping.signal);
        else await this.#sweep(office);
      } catch (error) {
        logger.warn(`the sweep of ${subscription.consumer.name} has to wait: ${messageOf(error)}`);
      }
      await pause(breatherMs, this.#stopping.signal);
    }
  }

  /** Begins nothing more. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when it is time to stop; rejects where the log cannot be read. */
  async #sweep(office: Office): Promise<void> {
    const { log, subscription, behindMs } = this.options;
    const horizon = new LogHorizon(log);
    const handle = async (event: RecordedEvent): Promise<void> => {
      if (!this.#handled.take(event.position)) await subscription.handle(event);
    };
    const follower = new LogFollower({ ...this.options, log: horizon, subscription: { ...subscription, handle } });
    const ended = follower.run();
    const over = AbortSignal.any([this.#stopping.signal, office.lost]);
    try {
      while (!over.aborted) {
        const { position } = await log.head();
        await pause(behindMs, over);
        if (!over.aborted) horizon.moveTo(position);
      }
    } finally {
      follower.stop();
      await ended;
      await office.giveBack();
    }
  }
}
