export { evolveAccess, nothingRead, type AccessEvent, type AccessState } from './access/access-state.js';
export {
  evolveAssociation,
  unknownAssociation,
  type AssociationEvent,
  type AssociationState,
} from './association/association-state.js';
export { checkConfiguration, type ConfigurationProblem } from './configuration/check-configuration.js';
export {
  configurationDecider,
  type ConfigurationState,
  type PublishConfiguration,
} from './configuration/configuration-decider.js';
export { documentHash } from './configuration/document-hash.js';
export { fold, type Decider, type Due } from './decider.js';
export type { DeliveryCommand, FinishAttempt } from './delivery/delivery-command.js';
export { deliveryDecider, laneOf } from './delivery/delivery-decider.js';
export type { DeliveryEvent } from './delivery/delivery-event.js';
export type { DeliveryState, KnownDelivery } from './delivery/delivery-state.js';
export { retryDelayMs } from './delivery/retry-delay.js';
export { evolveLog, unsealedLog, type LogEvent, type LogState } from './log/log-state.js';
export {
  forgetPatientsQueue,
  patientDecider,
  type FinishErasure,
  type PatientCommand,
  type RequestErasure,
} from './patient/patient-decider.js';
export type { Erasure, PatientEvent, PatientState } from './patient/patient-state.js';
export { PersistentMap } from './persistent-map.js';
export { replayStream } from './replay-stream.js';
export { quietUntil } from './series/complete-series.js';
export { senderKeywords } from './series/header-from-sender.js';
export { deliveriesRequestedBy, identityToRoute } from './series/route-series.js';
export type {
  MoveObjects,
  RouteSeries,
  SealedForSeries,
  SeriesCommand,
  StoreInstance,
} from './series/series-command.js';
export { seriesDecider, seriesQuietQueue } from './series/series-decider.js';
export type { SeriesEvent } from './series/series-event.js';
export { factsOf, identityOf, instanceKeywords, representativeOf, type PlacedIdentity } from './series/series-facts.js';
export { isSpooled, objectOf } from './series/series-objects.js';
export type { KnownSeries, SeriesInstance, SeriesState } from './series/series-state.js';
export { evolveService, neverStarted, type ServiceEvent, type ServiceState } from './service/service-state.js';
export {
  evolveSubscription,
  flowing,
  type SubscriptionEvent,
  type SubscriptionState,
} from './subscription/subscription-state.js';
export { studyDecider, type AddSeries, type StudyEvent, type StudyState } from './study/study-decider.js';
