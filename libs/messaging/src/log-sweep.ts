import type { RecordedEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import { HandledPositions } from './handled-positions.js';
import { LogFollower, type LogFollowerOptions } from './log-follower.js';
import { LogHorizon } from './log-horizon.js';
import type { Elections, LogReader, Office } from './log-reader.js';
import { pause } from './pause.js';

export interface LogSweepOptions extends Omit<LogFollowerOptions, 'log'> {
  readonly log: LogReader & { readonly checkpoints: Elections };
  /** How long the broker has to bring an event, milliseconds. */
  readonly behindMs: number;
}

/** Between attempts to become the one that sweeps. Nobody is in a hurry to take over: the broker brings nearly everything. */
const candidacyMs = 15_000;
const breatherMs = 1_000;

/**
 * Walks the log behind the news of one consumer and handles what the broker did not bring: a broker can lose what it has
 * confirmed, with its disk or with a queue. So what depends on it is when an event is handled, never whether. Of all
 * processes that have the consumer one sweeps; its checkpoint is that of the embedded bus, `bus/<consumer>`.
 */
export class LogSweep {
  readonly #stopping = new AbortController();
  readonly #handled = new HandledPositions();
  #turn = new AbortController();
  #isHurried = false;

  constructor(private readonly options: LogSweepOptions) {}

  /** What the broker brought is done. */
  note({ position }: RecordedEvent): void {
    this.#handled.add(position);
  }

  /** What was on its way may be lost: sweeps up to the head of the log, also what is young. */
  hurry(): void {
    this.#isHurried = true;
    this.#turn.abort();
  }

  /** Resolves after {@link stop}, when all that was begun is done and the checkpoint is saved. */
  async run(): Promise<void> {
    const { log, logger, subscription } = this.options;
    while (!this.#stopping.signal.aborted) {
      try {
        const office = await log.checkpoints.lock(`sweep/${subscription.consumer.name}`);
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

  async #sweep(office: Office): Promise<void> {
    const { subscription } = this.options;
    const horizon = new LogHorizon(this.options.log);
    const handle = async (event: RecordedEvent): Promise<void> => {
      if (!this.#handled.take(event.position)) await subscription.handle(event);
    };
    const follower = new LogFollower({ ...this.options, log: horizon, subscription: { ...subscription, handle } });
    const ended = follower.run();
    const over = AbortSignal.any([this.#stopping.signal, office.lost]);
    try {
      while (!over.aborted) await this.#moveOn(horizon, over);
    } finally {
      follower.stop();
      await ended;
      await office();
    }
  }

  /** What is in the log now is the broker's for a while yet, unless there is a hurry. */
  async #moveOn(horizon: LogHorizon, over: AbortSignal): Promise<void> {
    const { log, behindMs } = this.options;
    const { position } = await log.head();
    this.#turn = new AbortController();
    if (!this.#isHurried) await pause(behindMs, AbortSignal.any([this.#turn.signal, over]));
    if (!this.#isHurried) return horizon.moveTo(position);
    this.#isHurried = false;
    horizon.moveTo((await log.head()).position);
  }
}
