import { fold, type Decider } from '@waystation/domain';
import type { NewEvent, Recorded } from '@waystation/events';
import type { Instant } from '@waystation/kernel';
import type { EventLog } from '../event-log.js';
import type { CommandContext, Handled } from './command-context.js';
import { StreamLane } from './stream-lane.js';
import { StreamLanes } from './stream-lanes.js';

/** Brings commands to streams: loads, decides, appends with the expected version, and on a conflict decides again. */
export class CommandHandler {
  readonly #lanes: StreamLanes<StreamLane<unknown, unknown, NewEvent>>;
  readonly #deciders = new Map<unknown, number>();

  /**
   * @param service the actor in the metadata of events, unless a command names another
   * @param stateMemory bytes that the states which are kept may take, about; what is dropped is read again when it is needed
   */
  constructor(
    private readonly log: EventLog,
    private readonly service: string,
    stateMemory?: number,
  ) {
    this.#lanes = new StreamLanes(stateMemory);
  }

  /**
   * Handles a command on the current state of a stream. Commands for one stream in this process are decided in order and
   * go out in one append. The timer of the stream follows from the state.
   * @throws what `decide` throws, and what the append throws; after log.outcome-unknown the events may be in the log
   */
  async handle<State, Command, Event extends NewEvent>(
    decider: Decider<State, Command, Event>,
    stream: string,
    command: Command,
    context: CommandContext<State, Event> = {},
  ): Promise<Handled<State, Event>> {
    return this.#laneOf(decider, stream).handle(command, context);
  }

  /**
   * The state of a stream as it is in the log now.
   * @param at `through`: as it was behind that sequence, folded from the beginning
   */
  async load<State, Command, Event extends NewEvent>(
    decider: Decider<State, Command, Event>,
    stream: string,
    at: { readonly through?: number } = {},
  ): Promise<{ readonly state: State; readonly sequence: number }> {
    if (at.through === undefined) {
      const { state, sequence } = await this.#laneOf(decider, stream).current();
      return { state, sequence };
    }
    const events = await this.log.readStream(stream, { through: at.through });
    return { state: fold(decider, events as unknown as readonly Recorded<Event>[]), sequence: events.length };
  }

  /** What the database's clock probably shows. */
  now(): Instant {
    return this.log.clock.estimate();
  }

  #laneOf<State, Command, Event extends NewEvent>(
    decider: Decider<State, Command, Event>,
    stream: string,
  ): StreamLane<State, Command, Event> {
    const number = this.#deciders.get(decider) ?? this.#deciders.size;
    this.#deciders.set(decider, number);
    const metadata = { actor: { kind: 'service', name: this.service } } as const;
    const make = (weighs: (bytes: number) => void) => new StreamLane(this.log, decider, stream, metadata, weighs);
    // The key names the decider, so the lane has that decider's types.
    return this.#lanes.get(`${number} ${stream}`, make as never) as unknown as StreamLane<State, Command, Event>;
  }
}
