import type { Decider } from '@waystation/domain';
import type { NewEvent, Recorded } from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { given, type Given } from './decider-specification.js';

/** What one command of a story led to. */
export interface Chapter<State, Command, Event extends NewEvent> {
  readonly command: Command;
  readonly before: State;
  readonly after: State;
  /** What was decided, as it was written down; none where the command was refused. */
  readonly events: readonly Recorded<Event>[];
}

/**
 * What commands lead to that are given one after another; one that is refused leads to nothing.
 * @param happened events of the stream before
 * @param story each the next command, in view of what is so far
 * @throws what a decision throws that is no CodedError
 */
export const tellStory = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  happened: readonly (Event | Recorded<Event>)[],
  story: readonly ((told: Given<State, Command, Event>) => Command)[],
): readonly Chapter<State, Command, Event>[] => {
  let told = given(decider, happened);
  return story.map((next) => {
    const { state: before, history } = told;
    const command = next(told);
    const outcome = told.when(command);
    try {
      void outcome.events;
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
    }
    told = given(decider, outcome.history);
    return { command, before, after: outcome.state, events: outcome.history.slice(history.length) };
  });
};
