import { ConfigurationPublished } from './configuration/configuration-published.js';
import { AssociationLost } from './association/association-lost.js';
import { AssociationReleased } from './association/association-released.js';
import { DeliveryAbandoned } from './delivery/delivery-abandoned.js';
import { DeliveryRedriven } from './delivery/delivery-redriven.js';
import { DeliveryReleased } from './delivery/delivery-released.js';
import { DeliveryRequested } from './delivery/delivery-requested.js';
import { DeliverySucceeded } from './delivery/delivery-succeeded.js';
import { JobAbandoned } from './job/job-abandoned.js';
import { JobCancelled } from './job/job-cancelled.js';
import { JobRouted } from './job/job-routed.js';
import { JobSucceeded } from './job/job-succeeded.js';
import { NotificationRedriven } from './notification/notification-redriven.js';
import { NotificationRequested } from './notification/notification-requested.js';
import { SeriesCompleted } from './series/series-completed.js';
import { SeriesOpened } from './series/series-opened.js';
import { SeriesRouted } from './series/series-routed.js';
import { StudyCompleted } from './study/study-completed.js';
import { StudyRouted } from './study/study-routed.js';

/** Who listens to what. The broker's topology and `docs/message-flow.md` are generated from this table. */
export interface Consumer {
  /** `<app>.<policy>`, the name of its queue. */
  readonly name: string;
  /** Event types it is told of; `#` is every one. */
  readonly types: readonly string[];
  readonly summary: string;
}

export const messageFlow = {
  addSeriesToStudy: {
    name: 'routing.add-series-to-study',
    types: [SeriesOpened.type],
    summary: 'Notes which study a series belongs to.',
  },
  noteRelease: {
    name: 'routing.note-release',
    types: [AssociationReleased.type, AssociationLost.type],
    summary: 'Tells the series of an association that it was released or lost, where they wait for that.',
  },
  routeSeries: {
    name: 'routing.route-series',
    types: [SeriesCompleted.type],
    summary: 'Asks the rules where a complete series goes, and requests the deliveries and jobs.',
  },
  collectStudy: {
    name: 'routing.collect-study',
    types: [SeriesRouted.type],
    summary: 'Puts a series into the collections of rules that wait for its study.',
  },
  routeStudy: {
    name: 'routing.route-study',
    types: [StudyCompleted.type],
    summary: 'Requests the deliveries of a complete study, or its job.',
  },
  routeJobOutput: {
    name: 'routing.route-job-output',
    types: [JobSucceeded.type, JobAbandoned.type],
    summary: 'Requests what follows from a job: the deliveries of what it made, or the next step.',
  },
  lookAtRetention: {
    name: 'routing.look-at-retention',
    types: [ConfigurationPublished.type],
    summary: 'Looks again at how long objects are kept, where the configuration says otherwise than before.',
  },
  wakeLanes: {
    name: 'dispatch.wake-lanes',
    types: [DeliveryRequested.type, DeliveryReleased.type, DeliveryRedriven.type],
    summary: 'Looks at the lane of the target at once instead of at the next round.',
  },
  wakeHeldDeliveries: {
    name: 'dispatch.wake-held-deliveries',
    types: [ConfigurationPublished.type, DeliverySucceeded.type, DeliveryAbandoned.type],
    summary:
      'Looks at once at deliveries and jobs that wait for other hours, and at deliveries that wait for one that is over.',
  },
  notifyOfDecisions: {
    name: 'dispatch.notify-of-decisions',
    types: [SeriesRouted.type, StudyRouted.type],
    summary: 'Requests the notifications that rules ask for when they match.',
  },
  notifyOfOutcomes: {
    name: 'dispatch.notify-of-outcomes',
    types: [DeliverySucceeded.type, DeliveryAbandoned.type],
    summary: 'Requests the notifications that rules ask for when all is delivered, or something failed for good.',
  },
  notifyOfJobs: {
    name: 'dispatch.notify-of-jobs',
    types: [JobRouted.type, JobCancelled.type],
    summary: 'Requests the notifications that rules ask for when nothing more is processed, or processing failed.',
  },
  wakeChannels: {
    name: 'dispatch.wake-channels',
    types: [NotificationRequested.type, NotificationRedriven.type],
    summary: 'Looks at the lane of the channel at once instead of at the next round.',
  },
  projectHistory: {
    name: 'audit.project-history',
    types: ['#'],
    summary: 'Brings the read models up to the event it hears of.',
  },
} as const satisfies Readonly<Record<string, Consumer>>;

/** All consumers, for generators and tests. */
export const consumers: readonly Consumer[] = Object.values(messageFlow);
