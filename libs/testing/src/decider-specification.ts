import { deepStrictEqual, fail } from 'node:assert/strict';
import { fold, type Decider, type Due } from '@waystation/domain';
import type { NewEvent, Recorded } from '@waystation/events';
import { hasCode } from '@waystation/kernel';
import { recordedInOrder } from './recorded.js';

/** What is expected of a state: some of its fields, or whatever a function checks. */
export type StateExpectation<State> = Partial<State> | ((state: State) => void);

/**
 * A decider put to the test in the order in which one tells it:
 * `given(decider, [happened]).when(command).then([follows])`.
 * @param history events of the stream so far; those that are not recorded yet get the next number, a second later each
 */
export const given = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  history: readonly (Event | Recorded<Event>)[] = [],
): Given<State, Command, Event> => new Given(decider, recordedInOrder(history));

class Known<State, Command, Event extends NewEvent> {
  constructor(
    protected readonly decider: Decider<State, Command, Event>,
    /** The events so far, those that were decided included. */
    readonly history: readonly Recorded<Event>[],
  ) {}

  /** What the history folds to. */
  get state(): State {
    return fold(this.decider, this.history);
  }

  /** The state has these values, or passes what the function asserts. */
  thenState(expected: StateExpectation<State>): this {
    const { state } = this;
    if (typeof expected === 'function') (expected as (state: State) => void)(state);
    else {
      const actual = Object.fromEntries(Object.keys(expected).map((key) => [key, state[key as keyof State]]));
      deepStrictEqual(actual, { ...expected });
    }
    return this;
  }

  /** The state asks for this timer; undefined for none. */
  thenDue(expected: Due | undefined): this {
    deepStrictEqual(this.decider.due(this.state), expected);
    return this;
  }
}

class Given<State, Command, Event extends NewEvent> extends Known<State, Command, Event> {
  /** The command that is decided next. */
  when(command: Command): Outcome<State, Command, Event> {
    return new Outcome(this.decider, this.history, command);
  }
}

/** What a command led to. The state and its timer are those after the events. */
class Outcome<State, Command, Event extends NewEvent> extends Known<State, Command, Event> {
  readonly #decided: readonly Event[] | undefined;
  readonly #thrown: unknown;

  constructor(decider: Decider<State, Command, Event>, history: readonly Recorded<Event>[], command: Command) {
    let decided: readonly Event[] | undefined;
    let thrown: unknown;
    try {
      decided = decider.decide(fold(decider, history), command);
    } catch (error) {
      thrown = error;
    }
    super(decider, recordedInOrder([...history, ...(decided ?? [])]));
    this.#decided = decided;
    this.#thrown = thrown;
  }

  /** The events that were decided; throws what the decision threw. */
  get events(): readonly Event[] {
    if (this.#decided === undefined) throw this.#thrown;
    return this.#decided;
  }

  /** Exactly these events follow; none where the list is empty. */
  then(expected: readonly Event[]): this {
    deepStrictEqual([...this.events], [...expected]);
    return this;
  }

  /** The command is refused with this code. */
  thenThrows(code: string): this {
    if (this.#decided !== undefined) fail(`expected '${code}' to be thrown, decided ${JSON.stringify(this.#decided)}`);
    if (!hasCode(this.#thrown, code)) throw this.#thrown;
    return this;
  }

  /** Another command after the events of this one. */
  when(command: Command): Outcome<State, Command, Event> {
    return new Outcome(this.decider, this.history, command);
  }
}

export type { Given, Outcome };
