import type { EventMetadata, NewEvent, Recorded } from '@waystation/events';
import type { AppendPart } from '../append/append-unit.js';

/** What goes with a command. */
export interface CommandContext<State, Event extends NewEvent> {
  /** Laid over the actor, which is the service. */
  readonly metadata?: EventMetadata;
  /** What must be true before the events are; see {@link AppendUnit.after}. The command is rejected where it rejects. */
  readonly after?: Promise<void>;
  /** Parts for other streams that are written together with the events or not at all. Must be pure: it may run again. */
  readonly alongside?: (events: readonly Event[], state: State) => readonly AppendPart[];
}

/** What became of a command. */
export interface Handled<State, Event extends NewEvent> {
  /** The state behind the events of this command. */
  readonly state: State;
  readonly sequence: number;
  /** Empty where there was nothing to do. */
  readonly events: readonly Recorded<Event>[];
}

/** A command that waits for its decision. */
export interface PendingCommand<State, Command, Event extends NewEvent> {
  readonly command: Command;
  readonly context: CommandContext<State, Event>;
  readonly resolve: (handled: Handled<State, Event>) => void;
  readonly reject: (reason: unknown) => void;
}
