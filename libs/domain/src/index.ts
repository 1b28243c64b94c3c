export { evolveAccess, nothingRead, type AccessEvent, type AccessState } from './access/access-state.js';
export {
  evolveAssociation,
  unknownAssociation,
  type AssociationEvent,
  type AssociationState,
} from './association/association-state.js';
export { assertPublishable } from './configuration/assert-publishable.js';
export { assertRemovable, type NamedByRules } from './configuration/assert-removable.js';
export { checkConfiguration } from './configuration/check-configuration.js';
export { appDecider, type AnnounceApp, type AppState } from './app/app-decider.js';
export { assertSettingsTaken } from './configuration/assert-settings-taken.js';
export { settingsCheckOf, type FindWrongSettings } from './configuration/settings-schema.js';
export { appsOf, checkSettings, type AnnouncedApps } from './configuration/check-settings.js';
export { checkSubmission, type CheckedSubmission } from './configuration/check-submission.js';
export {
  configurationDecider,
  type ConfigurationState,
  type PublishConfiguration,
} from './configuration/configuration-decider.js';
export type { ConfigurationProblem } from './configuration/configuration-problem.js';
export { diffDocuments, type DocumentChange } from './configuration/diff-documents.js';
export { documentHash } from './configuration/document-hash.js';
export { knownTagsOf } from './configuration/known-tags-of.js';
export { fold, type Decider, type Due } from './decider.js';
export type { Circumstances } from './delivery/circumstances.js';
export type { DeliveryCommand, FinishAttempt } from './delivery/delivery-command.js';
export { deliveryDecider } from './delivery/delivery-decider.js';
export { heldDeliveriesQueue, laneOf, timerOfRequest } from './delivery/delivery-due.js';
export type { DeliveryEvent } from './delivery/delivery-event.js';
export type { DeliveryState, KnownDelivery } from './delivery/delivery-state.js';
export { retryDelayMs } from './delivery/retry-delay.js';
export { digestOfInstances } from './job/digest-of-instances.js';
export { jobByHand, type JobByHand } from './job/job-by-hand.js';
export type {
  CancelJob,
  FailJob,
  JobCommand,
  RecordProgress,
  ReleaseJob,
  RestartJob,
  RouteJob,
  StartJob,
  SucceedJob,
  TimeOutJob,
} from './job/job-command.js';
export { jobDecider } from './job/job-decider.js';
export { jobQueueOf, retentionDueOfJob, timerOfJob } from './job/job-due.js';
export type { JobEvent } from './job/job-event.js';
export { originalsOf, type ReceivedInput } from './job/job-originals.js';
export { derivedBy, type DerivedInstance, type JobState, type KnownJob } from './job/job-state.js';
export { findingsToAsk, type FindingsToAsk } from './job/findings-to-ask.js';
export { failureReportModule, failureReportOf, type FailureToReport } from './job/failure-report.js';
export { deliveriesRequestedByJob, jobsAfter, nextJobRequestedBy } from './job/requested-by-job.js';
export { evolveLog, unsealedLog, type LogEvent, type LogState } from './log/log-state.js';
export type { FinishNotifying, NotificationCommand, NotificationFailure } from './notification/notification-command.js';
export { laneOfChannel, notificationDecider } from './notification/notification-decider.js';
export type { NotificationEvent } from './notification/notification-event.js';
export type { KnownNotification, NotificationState } from './notification/notification-state.js';
export { notificationsDue, type DeliveryOutcome } from './notification/notifications-due.js';
export {
  decisionOfSeries,
  decisionsOfStudy,
  type ModuleWords,
  type RuleDecision,
  type RuleJob,
} from './notification/rule-decision.js';
export {
  forgetPatientsQueue,
  patientDecider,
  type FinishErasure,
  type PatientCommand,
  type RequestErasure,
} from './patient/patient-decider.js';
export type { Erasure, PatientEvent, PatientState } from './patient/patient-state.js';
export {
  quarantineDecider,
  reinjectObjectsQueue,
  type QuarantineCommand,
  type RequestReinjection,
} from './quarantine/quarantine-decider.js';
export type { QuarantineEvent, QuarantineState, Reinjecting } from './quarantine/quarantine-state.js';
export { PersistentMap } from './persistent-map.js';
export { replayStream } from './replay-stream.js';
export { assertKept, assertOutputKept } from './retention/assert-kept.js';
export { tellExpiry, type Expiry } from './retention/expiry.js';
export type {
  ExpireJob,
  ExpireObjects,
  HoldObjects,
  ReleaseObjects,
  RetentionConfiguration,
} from './retention/expiry-command.js';
export type { EndedFate, Fate, Followed } from './retention/fate.js';
export { letsAnythingGo, type KeptUntil } from './retention/kept-until.js';
export { calledTitleOf, outlookOfJob, outlookOfSeries, type RetentionOutlook } from './retention/outlook.js';
export { erasureQueue, FIRST_LOOK_MS, retentionChanges, retentionQueue } from './retention/retention-due.js';
export { calledEntityOf } from './series/called-entity.js';
export { causeOfCompletion, nextLookAt, quietUntil, releasedUntil } from './series/complete-series.js';
export { completionFor, shortestQuietPeriodMs, type CompletionFor } from './series/completion-for.js';
export { deliveriesFor, type DeliveriesFor } from './series/deliveries-for.js';
export { senderKeywords } from './series/header-from-sender.js';
export { quietPeriodOf, rulesSayQuietPeriod, type QuietPeriod } from './series/quiet-period.js';
export { deliveriesRequestedBy, identitiesToRoute, identityToRoute, jobsRequestedBy } from './series/route-series.js';
export type {
  CompleteNow,
  MoveObjects,
  NoteRelease,
  ReopenSeries,
  RouteSeries,
  SealedForSeries,
  SeriesCommand,
  StoreInstance,
} from './series/series-command.js';
export { seriesDecider } from './series/series-decider.js';
export { retentionDueOfSeries, seriesQuietQueue } from './series/series-due.js';
export type { SeriesEvent } from './series/series-event.js';
export {
  factsOf,
  identityOf,
  instanceFacts,
  instanceKeywords,
  representativeOf,
  type PlacedIdentity,
} from './series/series-facts.js';
export { countExpired, livingObjects } from './series/living-objects.js';
export { isSpooled, objectOf } from './series/series-objects.js';
export { rangeOf, type SeriesRange } from './series/series-range.js';
export { verdictsAgain } from './series/verdicts-again.js';
export {
  identitiesToOpen,
  rulesOf,
  subjectOf,
  type OpenedIdentity,
  type SeriesSubject,
} from './series/series-subject.js';
export type { KnownSeries, SeriesInstance, SeriesState } from './series/series-state.js';
export { isOffPeak, nextOffPeakStart } from './schedule/off-peak.js';
export { evolveService, neverStarted, type ServiceEvent, type ServiceState } from './service/service-state.js';
export {
  evolveSubscription,
  flowing,
  type SubscriptionEvent,
  type SubscriptionState,
} from './subscription/subscription-state.js';
export { completionOf, deliveriesBefore, followedRule, type WhichCompletion } from './study/deliveries-before.js';
export { nextLook } from './study/next-look.js';
export { pendingSeries } from './study/pending-series.js';
export { planDeliveries } from './study/plan-deliveries.js';
export { planJobs } from './study/plan-jobs.js';
export type {
  AddSeries,
  AskStudy,
  CollectSeries,
  CompleteStudy,
  DiscardStudy,
  RouteStudy,
  StudyCommand,
} from './study/study-command.js';
export { lookAtStudy, studyDecider, studyWaitsQueue } from './study/study-decider.js';
export type { StudyEvent } from './study/study-event.js';
export { waitingCollections, type StudyCollection, type StudyState } from './study/study-state.js';
export { whatAStudyWaitsFor, type StudyOutlook } from './study/what-a-study-waits-for.js';
export { decideAgain, processedAgainBy, type DecisionDifference, type PastDecision } from './what-if/decide-again.js';
export { decideJobAgain, type JobAgain, type JobDifference, type PastJob } from './what-if/decide-job-again.js';
export type { Effects, StudyEffect, TargetEffect } from './what-if/effects.js';
export type { JobEffects } from './what-if/job-effects.js';
export { NeededFacts } from './what-if/needed-facts.js';
export { isSameProcessing, isSameStudy, type NamedRule } from './what-if/same-processing.js';
export type { RuleDifference, RuleWord } from './what-if/rule-differences.js';
