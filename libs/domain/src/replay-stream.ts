import { categoryOf, type NewEvent, type ObjectsReaped, type Recorded, type RecordedEvent } from '@waystation/events';
import { unreachable } from '@waystation/kernel';
import { evolveAccess, nothingRead, type AccessEvent, type AccessState } from './access/access-state.js';
import { appDecider } from './app/app-decider.js';
import {
  evolveAssociation,
  unknownAssociation,
  type AssociationEvent,
  type AssociationState,
} from './association/association-state.js';
import { configurationDecider } from './configuration/configuration-decider.js';
import { deliveryDecider } from './delivery/delivery-decider.js';
import { jobDecider } from './job/job-decider.js';
import { evolveLog, unsealedLog, type LogEvent, type LogState } from './log/log-state.js';
import { notificationDecider } from './notification/notification-decider.js';
import { patientDecider } from './patient/patient-decider.js';
import { quarantineDecider } from './quarantine/quarantine-decider.js';
import { seriesDecider } from './series/series-decider.js';
import { evolveService, neverStarted, type ServiceEvent, type ServiceState } from './service/service-state.js';
import { evolveStore, nothingReaped, type StoreState } from './store/store-state.js';
import { studyDecider } from './study/study-decider.js';
import {
  evolveSubscription,
  flowing,
  type SubscriptionEvent,
  type SubscriptionState,
} from './subscription/subscription-state.js';

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
const access: Evolution<AccessState, AccessEvent> = { initial: nothingRead, evolve: evolveAccess };
const service: Evolution<ServiceState, ServiceEvent> = { initial: neverStarted, evolve: evolveService };
const subscription: Evolution<SubscriptionState, SubscriptionEvent> = {
  initial: flowing,
  evolve: evolveSubscription,
};
const store: Evolution<StoreState, ObjectsReaped> = { initial: nothingReaped, evolve: evolveStore };
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
    case 'job':
      return foldWith(jobDecider, events);
    case 'delivery':
      return foldWith(deliveryDecider, events);
    case 'notification':
      return foldWith(notificationDecider, events);
    case 'patient':
      return foldWith(patientDecider, events);
    case 'quarantine':
      return foldWith(quarantineDecider, events);
    case 'app':
      return foldWith(appDecider, events);
    case 'configuration':
      return foldWith(configurationDecider, events);
    case 'log':
      return foldWith(log, events);
    case 'access':
      return foldWith(access, events);
    case 'subscription':
      return foldWith(subscription, events);
    case 'service':
      return foldWith(service, events);
    case 'store':
      return foldWith(store, events);
    default:
      return unreachable(category);
  }
};
