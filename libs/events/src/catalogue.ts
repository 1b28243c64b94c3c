import { BundleExported } from './access/bundle-exported.js';
import { ConfigurationViewed } from './access/configuration-viewed.js';
import { FeedFollowed } from './access/feed-followed.js';
import { HistoryViewed } from './access/history-viewed.js';
import { ObjectRetrieved } from './access/object-retrieved.js';
import { AppAnnounced } from './app/app-announced.js';
import { AssociationAborted } from './association/association-aborted.js';
import { AssociationAccepted } from './association/association-accepted.js';
import { AssociationLost } from './association/association-lost.js';
import { AssociationRejected } from './association/association-rejected.js';
import { AssociationReleased } from './association/association-released.js';
import { AssociationSeriesNoted } from './association/association-series-noted.js';
import { InstanceQuarantined } from './association/instance-quarantined.js';
import { InstanceRefused } from './association/instance-refused.js';
import { OperationRefused } from './association/operation-refused.js';
import { ConfigurationPublished } from './configuration/configuration-published.js';
import type { EventDefinition } from './define-event.js';
import { DeliveryAbandoned } from './delivery/delivery-abandoned.js';
import { DeliveryAttempted } from './delivery/delivery-attempted.js';
import { DeliveryFailed } from './delivery/delivery-failed.js';
import { DeliveryHeld } from './delivery/delivery-held.js';
import { DeliveryInterrupted } from './delivery/delivery-interrupted.js';
import { DeliveryRedriven } from './delivery/delivery-redriven.js';
import { DeliveryReleased } from './delivery/delivery-released.js';
import { DeliveryRequested } from './delivery/delivery-requested.js';
import { DeliveryRetryScheduled } from './delivery/delivery-retry-scheduled.js';
import { DeliverySucceeded } from './delivery/delivery-succeeded.js';
import { InstanceDelivered } from './delivery/instance-delivered.js';
import { IdentityErasureRequested } from './identity/identity-erasure-requested.js';
import { IdentityForgotten } from './identity/identity-forgotten.js';
import { IdentityKeyRotated } from './identity/identity-key-rotated.js';
import { InstanceDerived } from './job/instance-derived.js';
import { JobAbandoned } from './job/job-abandoned.js';
import { JobCancelled } from './job/job-cancelled.js';
import { JobFailed } from './job/job-failed.js';
import { JobHeld } from './job/job-held.js';
import { JobProgressed } from './job/job-progressed.js';
import { JobReleased } from './job/job-released.js';
import { JobRequested } from './job/job-requested.js';
import { JobRestarted } from './job/job-restarted.js';
import { JobRetryScheduled } from './job/job-retry-scheduled.js';
import { JobRouted } from './job/job-routed.js';
import { JobStarted } from './job/job-started.js';
import { JobSucceeded } from './job/job-succeeded.js';
import { JobTimedOut } from './job/job-timed-out.js';
import { LogSealed } from './log/log-sealed.js';
import { LogSegmentArchived } from './log/log-segment-archived.js';
import { LogSegmentDetached } from './log/log-segment-detached.js';
import { LogSegmentDropped } from './log/log-segment-dropped.js';
import { LogSigningKeyChanged } from './log/log-signing-key-changed.js';
import { NotificationAbandoned } from './notification/notification-abandoned.js';
import { NotificationAttempted } from './notification/notification-attempted.js';
import { NotificationFailed } from './notification/notification-failed.js';
import { NotificationRedriven } from './notification/notification-redriven.js';
import { NotificationRequested } from './notification/notification-requested.js';
import { NotificationRetryScheduled } from './notification/notification-retry-scheduled.js';
import { NotificationSent } from './notification/notification-sent.js';
import { InstanceReinjected } from './quarantine/instance-reinjected.js';
import { ReinjectionRefused } from './quarantine/reinjection-refused.js';
import { ReinjectionRequested } from './quarantine/reinjection-requested.js';
import { JobErased } from './retention/job-erased.js';
import { JobExpired } from './retention/job-expired.js';
import { ObjectsErased } from './retention/objects-erased.js';
import { ObjectsExpired } from './retention/objects-expired.js';
import { ObjectsHeld } from './retention/objects-held.js';
import { ObjectsReaped } from './retention/objects-reaped.js';
import { ObjectsReleased } from './retention/objects-released.js';
import { InstanceConflicted } from './series/instance-conflicted.js';
import { InstanceDuplicated } from './series/instance-duplicated.js';
import { InstanceStored } from './series/instance-stored.js';
import { ObjectsMoved } from './series/objects-moved.js';
import { SeriesCompleted } from './series/series-completed.js';
import { SeriesDiscarded } from './series/series-discarded.js';
import { SeriesOpened } from './series/series-opened.js';
import { SeriesReopened } from './series/series-reopened.js';
import { SeriesRouted } from './series/series-routed.js';
import { SeriesSenderReleased } from './series/series-sender-released.js';
import { ServiceStarted } from './service/service-started.js';
import { ServiceStopped } from './service/service-stopped.js';
import { StudyCompleted } from './study/study-completed.js';
import { StudyForceCompleted } from './study/study-force-completed.js';
import { StudyOpened } from './study/study-opened.js';
import { StudyRouted } from './study/study-routed.js';
import { StudySeriesAdded } from './study/study-series-added.js';
import { StudySeriesMatched } from './study/study-series-matched.js';
import { SubscriptionEventParked } from './subscription/subscription-event-parked.js';
import { SubscriptionRedeliveryRequested } from './subscription/subscription-redelivery-requested.js';
import { SubscriptionResumed } from './subscription/subscription-resumed.js';
import { SubscriptionStalled } from './subscription/subscription-stalled.js';

/** Every event of the system, in the order in which a series meets them. */
export const catalogue = [
  AppAnnounced,
  ServiceStarted,
  ConfigurationPublished,
  AssociationAccepted,
  AssociationRejected,
  SeriesOpened,
  InstanceStored,
  InstanceDuplicated,
  InstanceConflicted,
  InstanceQuarantined,
  InstanceRefused,
  OperationRefused,
  ReinjectionRequested,
  InstanceReinjected,
  ReinjectionRefused,
  ObjectsMoved,
  AssociationSeriesNoted,
  AssociationReleased,
  AssociationLost,
  AssociationAborted,
  StudyOpened,
  StudySeriesAdded,
  SeriesSenderReleased,
  SeriesCompleted,
  SeriesRouted,
  SeriesDiscarded,
  SeriesReopened,
  StudySeriesMatched,
  StudyForceCompleted,
  StudyCompleted,
  StudyRouted,
  JobRequested,
  JobHeld,
  JobReleased,
  JobStarted,
  JobProgressed,
  InstanceDerived,
  JobSucceeded,
  JobFailed,
  JobTimedOut,
  JobRetryScheduled,
  JobAbandoned,
  JobCancelled,
  JobRestarted,
  JobRouted,
  DeliveryRequested,
  DeliveryHeld,
  DeliveryReleased,
  DeliveryAttempted,
  InstanceDelivered,
  DeliverySucceeded,
  DeliveryFailed,
  DeliveryRetryScheduled,
  DeliveryInterrupted,
  DeliveryAbandoned,
  DeliveryRedriven,
  NotificationRequested,
  NotificationAttempted,
  NotificationSent,
  NotificationFailed,
  NotificationRetryScheduled,
  NotificationAbandoned,
  NotificationRedriven,
  ObjectsHeld,
  ObjectsReleased,
  ObjectsExpired,
  ObjectsErased,
  ObjectsReaped,
  JobExpired,
  JobErased,
  IdentityErasureRequested,
  IdentityForgotten,
  IdentityKeyRotated,
  LogSealed,
  LogSigningKeyChanged,
  LogSegmentArchived,
  LogSegmentDetached,
  LogSegmentDropped,
  HistoryViewed,
  ObjectRetrieved,
  BundleExported,
  ConfigurationViewed,
  FeedFollowed,
  SubscriptionStalled,
  SubscriptionResumed,
  SubscriptionEventParked,
  SubscriptionRedeliveryRequested,
  ServiceStopped,
] as const satisfies readonly EventDefinition[];

const byType: ReadonlyMap<string, EventDefinition> = new Map(
  catalogue.map((definition) => [definition.type, definition]),
);

/** The declaration of a type such as `instance.stored.v1`; undefined for a type this version does not know. */
export const definitionOf = (type: string): EventDefinition | undefined => byType.get(type);
