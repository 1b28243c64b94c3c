export { BundleExported } from './access/bundle-exported.js';
export { ConfigurationViewed } from './access/configuration-viewed.js';
export { FeedFollowed } from './access/feed-followed.js';
export { HistoryViewed } from './access/history-viewed.js';
export { ObjectRetrieved } from './access/object-retrieved.js';
export { Reading } from './access/reading.js';
export { AssociationAborted } from './association/association-aborted.js';
export { AssociationAccepted } from './association/association-accepted.js';
export { AssociationRejected } from './association/association-rejected.js';
export { AssociationReleased, AssociationTally } from './association/association-released.js';
export { InstanceQuarantined } from './association/instance-quarantined.js';
export { InstanceRefused } from './association/instance-refused.js';
export { PeerTls } from './association/peer-tls.js';
export { catalogue, definitionOf } from './catalogue.js';
export { toCloudEvent, toNews, type CloudEvent } from './cloud-event.js';
export {
  AdditionalFact,
  Completion,
  ConfigurationDocument,
  DicomTarget,
  FolderTarget,
  RetryPolicy,
  Rule,
  Target,
} from './configuration/configuration-document.js';
export { CertificateMatch, Sender, SenderUser } from './configuration/sender.js';
export { Subscription } from './configuration/subscription.js';
export { TargetTls } from './configuration/target-tls.js';
export { placeOfTarget } from './configuration/place-of-target.js';
export { ConfigurationPublished } from './configuration/configuration-published.js';
export { defineEvent, type EventDefinition, type EventOf, type NewEvent, type StreamCategory } from './define-event.js';
export { DeliveryAbandoned } from './delivery/delivery-abandoned.js';
export { DeliveryAttempted } from './delivery/delivery-attempted.js';
export { DeliveryFailed } from './delivery/delivery-failed.js';
export { DeliveryInterrupted } from './delivery/delivery-interrupted.js';
export { DeliveryRedriven } from './delivery/delivery-redriven.js';
export { DeliveryRequested } from './delivery/delivery-requested.js';
export { DeliveryRetryScheduled } from './delivery/delivery-retry-scheduled.js';
export { DeliverySucceeded } from './delivery/delivery-succeeded.js';
export { InstanceDelivered } from './delivery/instance-delivered.js';
export { FactChanges, Facts, HeaderWarning, Identity, identityPlace } from './facts.js';
export { IdentityErasureRequested } from './identity/identity-erasure-requested.js';
export { IdentityForgotten } from './identity/identity-forgotten.js';
export { incompatibilities, type JsonSchema } from './incompatibilities.js';
export { jsonSchemaOf } from './json-schema-of.js';
export { LogSealed } from './log/log-sealed.js';
export { LogSegmentArchived } from './log/log-segment-archived.js';
export { LogSegmentDetached } from './log/log-segment-detached.js';
export { LogSegmentDropped } from './log/log-segment-dropped.js';
export { LogSigningKeyChanged } from './log/log-signing-key-changed.js';
export { consumers, messageFlow, type Consumer } from './message-flow.js';
export { isStreamLike, isTypeLike, StreamPattern, TypePattern } from './pattern.js';
export type { Actor, EventMetadata, Recorded, RecordedEvent } from './recorded-event.js';
export { InstanceConflicted } from './series/instance-conflicted.js';
export { InstanceDuplicated } from './series/instance-duplicated.js';
export { InstanceStored } from './series/instance-stored.js';
export { ObjectsMoved } from './series/objects-moved.js';
export { SeriesCompleted } from './series/series-completed.js';
export { SeriesDiscarded } from './series/series-discarded.js';
export { SeriesOpened } from './series/series-opened.js';
export { RuleVerdict, SeriesRouted } from './series/series-routed.js';
export { ServiceStarted } from './service/service-started.js';
export { ServiceStopped } from './service/service-stopped.js';
export { categoryOf, idOf, streamName } from './stream-name.js';
export { StudyOpened } from './study/study-opened.js';
export { StudySeriesAdded } from './study/study-series-added.js';
export { SubscriptionEventParked } from './subscription/subscription-event-parked.js';
export { SubscriptionRedeliveryRequested } from './subscription/subscription-redelivery-requested.js';
export { SubscriptionResumed } from './subscription/subscription-resumed.js';
export { SubscriptionStalled } from './subscription/subscription-stalled.js';
export { Name, Source, StoredObject, Uid } from './values.js';
export { readAsNewest } from './upcasts.js';
