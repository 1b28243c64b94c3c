import { fold, type Decider } from '@waystation/domain';
import type { NewEvent, Recorded, RecordedEvent } from '@waystation/events';
import type { DecidedBatch } from './decide-batch.js';
import type { StreamFold } from './stream-fold.js';
import { weightOf } from './weight-of.js';

/**
 * Answers the commands of a batch that was written, in order.
 * @param recorded the events of the stream itself
 * @returns the stream behind them
 */
export const settleBatch = <State, Command, Event extends NewEvent>(
  decider: Decider<State, Command, Event>,
  batch: DecidedBatch<State, Command, Event>,
  recorded: readonly RecordedEvent[],
): StreamFold<State> => {
  let { state, sequence, recordedtime, weight } = batch.base;
  let next = 0;
  for (const { pending, events, refusal } of batch.decisions) {
    if (refusal) {
      pending.reject(refusal.reason);
      continue;
    }
    const own = recorded.slice(next, next + events.length) as unknown as readonly Recorded<Event>[];
    next += events.length;
    state = fold(decider, own, state);
    sequence += own.length;
    for (const { data } of own) weight += weightOf(data);
    recordedtime = own.at(-1)?.recordedtime ?? recordedtime;
    pending.resolve({ state, sequence, events: own });
  }
  return { state, sequence, recordedtime, weight };
};
