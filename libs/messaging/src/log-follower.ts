import type { RecordedEvent } from '@waystation/events';
import { messageOf } from '@waystation/kernel';
import type { BusLogger } from './bus-logger.js';
import { CheckpointKeeper } from './checkpoint-keeper.js';
import { ContiguousProgress } from './contiguous-progress.js';
import { Doorbell } from './doorbell.js';
import { isOutage } from './is-outage.js';
import type { LogReader } from './log-reader.js';
import type { Parking } from './parking.js';
import { pause } from './pause.js';
import { Slots } from './slots.js';
import { StreamLanes } from './stream-lanes.js';
import type { Subscription } from './subscriptions.js';

export interface LogFollowerOptions {
  readonly subscription: Subscription;
  readonly log: Pick<LogReader, 'readAll' | 'onAppended' | 'checkpoints'>;
  readonly parking: Parking;
  /** How many streams are worked on at a time. */
  readonly parallel: number;
  /** Milliseconds before the second, third, … attempt. */
  readonly ladder: readonly number[];
  readonly logger: BusLogger;
}

/** Events read and not yet handled: what memory one stream that is stuck can take while the others go on. */
const window = 500;
/** Under load one reading serves all that was appended meanwhile, instead of one reading for each append. */
const readEveryMs = 10;
const breatherMs = 1_000;

/**
 * Follows the log for one consumer from its checkpoint, `bus/<consumer>`; a new consumer begins at the beginning. Events
 * of one stream are handled one after another. The checkpoint never passes an event that is not handled or parked.
 */
export class LogFollower {
  readonly #doorbell = new Doorbell();
  readonly #stopping = new AbortController();
  readonly #lanes = new StreamLanes();
  readonly #slots: Slots;
  readonly #room = new Doorbell();
  readonly #name: string;

  constructor(private readonly options: LogFollowerOptions) {
    this.#slots = new Slots(options.parallel);
    this.#name = options.subscription.consumer.name;
  }

  /** Resolves after {@link stop}, when all that was begun is done and the checkpoint is saved. */
  async run(): Promise<void> {
    const silence = this.options.log.onAppended(this.#doorbell.ring);
    try {
      const checkpoint = await this.#untilItWorks(() => this.options.log.checkpoints.get(`bus/${this.#name}`));
      if (checkpoint !== undefined) await this.#follow(checkpoint);
    } finally {
      silence();
    }
  }

  /** Begins nothing more; an event that waits for its next attempt is left for the next start. */
  stop(): void {
    this.#stopping.abort();
    this.#doorbell.ring();
    this.#room.ring();
  }

  async #follow(checkpoint: number): Promise<void> {
    const { log, logger } = this.options;
    const keeper = new CheckpointKeeper(log.checkpoints, `bus/${this.#name}`, checkpoint, logger);
    const progress = new ContiguousProgress(checkpoint);
    while (!this.#stopping.signal.aborted) {
      const began = performance.now();
      const page = await this.#untilItWorks(() => log.readAll({ after: progress.read, limit: window }));
      for (const event of page ?? []) if (!(await this.#take(event, progress, keeper))) break;
      keeper.note(progress.through);
      if (page?.length === window) continue;
      await this.#doorbell.answered();
      await pause(began + readEveryMs - performance.now(), this.#stopping.signal);
    }
    await this.#lanes.idle();
    await keeper.close();
  }

  /** Begins the work on an event or passes it over; false where it did neither because it is time to stop. */
  async #take(event: RecordedEvent, progress: ContiguousProgress, keeper: CheckpointKeeper): Promise<boolean> {
    while (progress.unfinished >= window && !this.#stopping.signal.aborted) await this.#room.answered();
    if (this.#stopping.signal.aborted) return false;
    if (!this.#hears(event.type)) {
      progress.skip(event.position);
      return true;
    }
    progress.begin(event.position);
    void this.#lanes.run(event.stream, async () => {
      if (!(await this.#handle(event))) return;
      progress.finish(event.position);
      keeper.note(progress.through);
      this.#room.ring();
    });
    return true;
  }

  #hears(type: string): boolean {
    const { types } = this.options.subscription.consumer;
    return types.includes('#') || types.includes(type);
  }

  /** Whether the event is done with: handled, or parked after the last attempt. */
  async #handle(event: RecordedEvent): Promise<boolean> {
    const { ladder } = this.options;
    let attempt = 1;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#slots.use(() => this.options.subscription.handle(event));
        return true;
      } catch (error) {
        this.options.logger.warn(`${this.#name} failed at position ${event.position}: ${messageOf(error)}`);
        if (isOutage(error)) {
          await pause(breatherMs, this.#stopping.signal);
          continue;
        }
        // A log that cannot even park is probably why the handler failed; then the event gets another attempt.
        if (attempt > ladder.length && (await this.#park(event.position, attempt, error))) return true;
      }
      // Without a slot, so that streams that rest do not keep others from working.
      await pause(ladder[attempt - 1] ?? breatherMs, this.#stopping.signal);
      attempt++;
    }
    return false;
  }

  async #park(position: number, attempts: number, error: unknown): Promise<boolean> {
    try {
      await this.options.parking.park(this.#name, position, attempts, messageOf(error));
      this.options.logger.error(`${this.#name} gave position ${position} up after ${attempts} attempts`);
      return true;
    } catch (failure) {
      this.options.logger.warn(`${this.#name} cannot park position ${position}: ${messageOf(failure)}`);
      return false;
    }
  }

  async #untilItWorks<T>(read: () => Promise<T>): Promise<T | undefined> {
    while (!this.#stopping.signal.aborted) {
      try {
        return await read();
      } catch (error) {
        this.options.logger.warn(`${this.#name} cannot read the log, waits: ${messageOf(error)}`);
        await pause(breatherMs, this.#stopping.signal);
      }
    }
    return undefined;
  }
}
