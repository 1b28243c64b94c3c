import type { NewEvent, Recorded } from '@waystation/events';
import type { Instant } from '@waystation/kernel';

/**
 * The pure heart of a kind of stream: what follows from a command, and what an event makes of a state. No clock, no
 * I/O, no randomness: whatever a decision needs from outside is part of the command. Production and replay share it.
 */
export interface Decider<State, Command, Event extends NewEvent> {
  /** The state of a stream without events. */
  readonly initial: State;
  /** Which events a command leads to; none where there is nothing to do. */
  decide(state: State, command: Command): readonly Event[];
  /** The state after an event. Total: an event that is in the log is never refused. */
  evolve(state: State, event: Recorded<Event>): State;
  /** What has to be looked at later if nothing else happens; undefined where nothing is. */
  due(state: State): Due | undefined;
}

/** A timer that a state asks for. A stream has at most one. */
export interface Due {
  /** Who looks at it: `series-quiet`, or the lane of a target. */
  readonly queue: string;
  /** What the delay counts from: the recorded time of the event that set the timer. */
  readonly since: Instant;
  readonly afterMs: number;
  /** Goes before what is not urgent in its queue, two times out of three. */
  readonly urgent?: boolean;
  /** A stream whose events may make it due sooner. */
  readonly waitsFor?: string;
}

/** Folds a stream from its beginning or from a state that is already known. */
export const fold = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  events: Iterable<Recorded<Event>>,
  from: State = decider.initial,
): State => {
  let state = from;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
