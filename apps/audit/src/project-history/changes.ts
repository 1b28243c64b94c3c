import type {
  DeliveryState,
  JobState,
  NotificationState,
  QuarantineState,
  SeriesState,
  StudyState,
} from '@waystation/domain';
import { categoryOf, type RecordedEvent } from '@waystation/events';
import { DeliveryView, deliveryViewOf } from './delivery.view.js';
import { erasureIn, type Erasure } from './erasure.js';
import { jobViewOf, type JobView } from './job.view.js';
import type { NameTokenView } from './name-token.view.js';
import { notificationViewOf, type NotificationView } from './notification.view.js';
import { QuarantineView, quarantineViewOf } from './quarantine.view.js';
import { refusalViewOf, type RefusalView } from './refusal.view.js';
import { reinjectionViewOf, type ReinjectionView } from './reinjection.view.js';
import { RelatedStreamView, relatedStreamsOf } from './related-stream.view.js';
import { sealedSeriesOf, type SealedSeriesView } from './sealed-series.view.js';
import { SeriesView, seriesViewOf } from './series.view.js';
import { studyViewsOf, type StudyView } from './study.view.js';

/** The lines that a batch of events changes: the last state of each wins. */
export class Changes {
  readonly series = new Map<string, SeriesView>();
  readonly deliveries = new Map<string, DeliveryView>();
  readonly studies = new Map<string, StudyView>();
  readonly jobs = new Map<string, JobView>();
  readonly notifications = new Map<string, NotificationView>();
  readonly relatedStreams = new Map<string, RelatedStreamView>();
  readonly quarantine = new Map<string, QuarantineView>();
  readonly reinjections = new Map<string, ReinjectionView>();
  /** One for each event. */
  readonly refusals: RefusalView[] = [];
  /** The first of each key and series. */
  readonly sealedSeries: SealedSeriesView[] = [];
  /** In the order in which they were asked for. */
  readonly erasures: Erasure[] = [];
  /** What was found in the same events when they were opened. */
  readonly nameTokens: NameTokenView[] = [];

  /**
   * Takes an event in.
   * @param state the state of its stream after it
   */
  add(event: RecordedEvent, state: unknown): void {
    const category = categoryOf(event.stream);
    if (category === 'series') {
      const view = seriesViewOf(state as SeriesState, event.position);
      if (view) this.series.set(view.seriesInstanceUid, view);
    }
    if (category === 'delivery') {
      const view = deliveryViewOf(state as DeliveryState, event.position);
      if (view) this.deliveries.set(view.delivery, view);
    }
    if (category === 'study')
      for (const view of studyViewsOf(state as StudyState, event.position))
        this.studies.set(`${view.studyInstanceUid} ${view.rule}`, view);
    if (category === 'job') {
      const view = jobViewOf(state as JobState, event.position);
      if (view) this.jobs.set(view.job, view);
    }
    if (category === 'notification') {
      const view = notificationViewOf(state as NotificationState, event.position);
      if (view) this.notifications.set(view.notification, view);
    }
    if (category === 'quarantine') {
      const view = reinjectionViewOf(state as QuarantineState, event.position);
      if (view) this.reinjections.set(view.sha256, view);
    }
    for (const related of relatedStreamsOf(event))
      this.relatedStreams.set(`${related.seriesInstanceUid} ${related.stream}`, related);
    const quarantined = quarantineViewOf(event);
    if (quarantined) this.quarantine.set(quarantined.objectKey, quarantined);
    const refusal = refusalViewOf(event);
    if (refusal) this.refusals.push(refusal);
    const sealed = sealedSeriesOf(event);
    if (sealed) this.sealedSeries.push(sealed);
    const erasure = erasureIn(event);
    if (erasure) this.erasures.push(erasure);
  }
}
