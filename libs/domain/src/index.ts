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
export { PersistentMap } from './persistent-map.js';
export { replayStream } from './replay-stream.js';
export { quietUntil } from './series/complete-series.js';
export { senderKeywords } from './series/header-from-sender.js';
export { deliveriesRequestedBy } from './series/route-series.js';
export type { MoveObjects, RouteSeries, SeriesCommand, StoreInstance } from './series/series-command.js';
export { seriesDecider, seriesQuietQueue } from './series/series-decider.js';
export type { SeriesEvent } from './series/series-event.js';
export { factsOf, instanceKeywords, representativeOf } from './series/series-facts.js';
export { isSpooled, objectOf } from './series/series-objects.js';
export type { KnownSeries, SeriesInstance, SeriesState } from './series/series-state.js';
export { studyDecider, type AddSeries, type StudyEvent, type StudyState } from './study/study-decider.js';
