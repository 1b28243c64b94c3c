import { categoryOf, type NewEvent, type Recorded, type RecordedEvent } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import {
  evolveAssociation,
  unknownAssociation,
  type AssociationEvent,
  type AssociationState,
} from './association/association-state.js';
import { configurationDecider } from './configuration/configuration-decider.js';
import { deliveryDecider } from './delivery/delivery-decider.js';
import { evolveLog, unsealedLog, type LogEvent, type LogState } from './log/log-state.js';
import { seriesDecider } from './series/series-decider.js';
import { studyDecider } from './study/study-decider.js';

/** What an event makes of one kind of stream. */
interface Evolution<State, Event extends NewEvent> {
  readonly initial: State;
  evolve(state: State, event: Recorded<Event>): State;
}

const foldWith = <State, Event extends NewEvent>(
  evolution: Evolution<State, Event>,
  events: readonly RecordedEvent[],
): State =>
  events.reduce<State>(
    (state, event) => evolution.evolve(state, event as unknown as Recorded<Event>),
    evolution.initial,
  );

const association: Evolution<AssociationState, AssociationEvent> = {
  initial: unknownAssociation,
  evolve: evolveAssociation,
};
const log: Evolution<LogState, LogEvent> = { initial: unsealedLog, evolve: evolveLog };

/** The state of any stream after the given events of it: time travel is reading fewer of them. */
export const replayStream = (stream: string, events: readonly RecordedEvent[]): unknown => {
  const category = categoryOf(stream);
  switch (category) {
    case 'association':
      return foldWith(association, events);
    case 'series':
      return foldWith(seriesDecider, events);
    case 'study':
      return foldWith(studyDecider, events);
    case 'delivery':
      return foldWith(deliveryDecider, events);
    case 'configuration':
      return foldWith(configurationDecider, events);
    case 'log':
      return foldWith(log, events);
    default:
      return unreachable(category);
  }
};
