import { setTimeout as delay } from 'node:timers/promises';
import { fold, type Decider } from '@waystation/domain';
import type { EventMetadata, NewEvent, Recorded } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import { appendOrFind } from './append-or-find.js';
import type { CommandContext, Handled, PendingCommand } from './command-context.js';
import { decideBatch, type DecidedBatch } from './decide-batch.js';
import { settleBatch } from './settle-batch.js';
import type { StreamFold } from './stream-fold.js';
import { weightOf } from './weight-of.js';

const TRIES = 100;
const BATCH = 500;

/** The commands of one stream in this process, in order, and the fold they are decided on. */
export class StreamLane<State, Command, Event extends NewEvent> {
  readonly #pending: PendingCommand<State, Command, Event>[] = [];
  #fold: StreamFold<State> | undefined;
  #busy = false;

  constructor(
    private readonly log: EventLog,
    private readonly decider: Decider<State, Command, Event>,
    private readonly stream: string,
    private readonly metadata: EventMetadata,
    /** Told what the fold that is kept weighs. */
    private readonly weighs: (bytes: number) => void,
  ) {}

  /** Whether nothing is under way. */
  get idle(): boolean {
    return !this.#busy;
  }

  async handle(command: Command, context: CommandContext<State, Event>): Promise<Handled<State, Event>> {
    // It may fail before anybody has come to look at it.
    context.after?.catch(() => undefined);
    return new Promise((resolve, reject) => {
      this.#pending.push({ command, context, resolve, reject });
      if (!this.#busy) void this.#run();
    });
  }

  /** The stream as it is in the log now: what is kept, and what came behind it. */
  async current(): Promise<StreamFold<State>> {
    const known = this.#fold ?? { state: this.decider.initial, sequence: 0, recordedtime: undefined, weight: 0 };
    const tail = await this.log.readStream(this.stream, { after: known.sequence });
    const state = fold(this.decider, tail as unknown as readonly Recorded<Event>[], known.state);
    const last = tail.at(-1);
    return this.#keep({
      state,
      sequence: known.sequence + tail.length,
      recordedtime: last?.recordedtime ?? known.recordedtime,
      weight: tail.reduce((sum, { data }) => sum + weightOf(data), known.weight),
    });
  }

  #keep(found: StreamFold<State>): StreamFold<State> {
    if (!this.#fold || found.sequence > this.#fold.sequence) {
      this.#fold = found;
      this.weighs(found.weight);
    }
    return found;
  }

  #forget(): void {
    this.#fold = undefined;
    this.weighs(0);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    await Promise.resolve(); // what the same turn brings shares the first append
    while (this.#pending.length > 0) {
      try {
        await this.#handleSome();
      } catch (error) {
        this.#forget();
        for (const { reject } of this.#pending.splice(0, BATCH)) reject(error);
      }
    }
    this.#busy = false;
  }

  /** Handles the commands at the front, or rejects them and forgets the fold. */
  async #handleSome(): Promise<void> {
    let size = BATCH;
    for (let tries = 1; ; tries++) {
      const commands = this.#pending.slice(0, size);
      const isFresh = !this.#fold;
      const batch = this.#decide(this.#fold ?? (await this.current()), commands);
      try {
        if (await this.#write(batch, isFresh)) return;
        continue;
      } catch (error) {
        if (await this.#rejectUnfulfilled(batch)) return;
        if (!hasCode(error, 'log.wrong-expected-version')) return this.#reject(batch, error);
        if (tries >= TRIES) return this.#reject(batch, error);
        // Before the look at the stream: between that look and the append nobody else may get in.
        await delay(Math.random() * Math.min(tries, 10));
        const hasGrown = (await this.current()).sequence > batch.base.sequence;
        // Not this stream, then: a part beside it expects what will never be.
        if (!hasGrown && batch.decisions.length === 1) return this.#reject(batch, error);
        if (!hasGrown) size = 1;
      }
    }
  }

  #decide(
    base: StreamFold<State>,
    commands: readonly PendingCommand<State, Command, Event>[],
  ): DecidedBatch<State, Command, Event> {
    const { stream, metadata } = this;
    return decideBatch(this.decider, base, commands, { stream, now: this.log.clock.estimate(), metadata });
  }

  /** @returns false where nothing is to be written, but the decisions were made on a fold that is not current */
  async #write(batch: DecidedBatch<State, Command, Event>, isFresh: boolean): Promise<boolean> {
    const { base, parts, time, decisions } = batch;
    if (parts.length === 0) {
      if (!isFresh && (await this.current()).sequence > base.sequence) return false;
      this.#pending.splice(0, decisions.length);
      settleBatch(this.decider, batch, []);
      return true;
    }
    const unit = { parts, time, metadata: this.metadata, after: afterAll(batch) };
    const recorded = await appendOrFind(this.log, unit, this.stream, base.sequence);
    this.#pending.splice(0, decisions.length);
    this.#keep(settleBatch(this.decider, batch, recorded));
    return true;
  }

  /** Rejects the commands that waited for what did not come true, so that the others can go without them. */
  async #rejectUnfulfilled({ decisions }: DecidedBatch<State, Command, Event>): Promise<boolean> {
    const settled = await Promise.allSettled(decisions.map(async ({ pending }) => pending.context.after));
    const failed = new Map(
      settled.flatMap((one, index) => (one.status === 'rejected' ? [[index, one.reason as unknown] as const] : [])),
    );
    if (failed.size === 0) return false;
    const front = this.#pending.splice(0, decisions.length);
    this.#pending.unshift(...front.filter((_, index) => !failed.has(index)));
    for (const [index, reason] of failed) front[index]?.reject(reason);
    return true;
  }

  #reject(batch: DecidedBatch<State, Command, Event>, error: unknown): void {
    this.#forget();
    this.#pending.splice(0, batch.decisions.length);
    for (const { pending, refusal } of batch.decisions) pending.reject(refusal?.reason ?? error);
  }
}

/** What all commands of a batch wait for; undefined where none waits. */
const afterAll = <State, Command, Event extends NewEvent>({
  decisions,
}: DecidedBatch<State, Command, Event>): Promise<void> | undefined => {
  const all = decisions.flatMap(({ pending }) => pending.context.after ?? []);
  return all.length === 0 ? undefined : Promise.all(all).then(() => undefined);
};
