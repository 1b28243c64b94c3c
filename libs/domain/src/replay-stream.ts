import { categoryOf, type NewEvent, type Recorded, type RecordedEvent } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { evolveAssociation, unknownAssociation, type AssociationEvent } from './association/association-state.js';
import { configurationDecider } from './configuration/configuration-decider.js';
import { deliveryDecider } from './delivery/delivery-decider.js';
import { evolveLog, unsealedLog } from './log/log-state.js';
import { seriesDecider } from './series/series-decider.js';
import { studyDecider } from './study/study-decider.js';

const foldWith = <State, Event extends NewEvent>(
  events: readonly RecordedEvent[],
  initial: State,
  evolve: (state: State, event: Recorded<Event>) => State,
): State =>
  events.reduce<State>((state, event) => evolve(state, event as unknown as Recorded<Event>), initial);

/** The state of any stream after the given events of it: time travel is reading fewer of them. */
export const replayStream = (stream: string, events: readonly RecordedEvent[]): unknown => {
  const category = categoryOf(stream);
  switch (category) {
    case 'association':
      return foldWith<typeof unknownAssociation, AssociationEvent>(events, unknownAssociation, evolveAssociation);
    case 'series':
      return foldWith(events, seriesDecider.initial, seriesDecider.evolve);
    case 'study':
      return foldWith(events, studyDecider.initial, studyDecider.evolve);
    case 'delivery':
      return foldWith(events, deliveryDecider.initial, deliveryDecider.evolve);
    case 'configuration':
      return foldWith(events, configurationDecider.initial, configurationDecider.evolve);
    case 'log':
      return foldWith(events, unsealedLog, evolveLog);
    default:
      return unreachable(category);
  }
};
