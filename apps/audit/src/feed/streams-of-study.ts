import {
  streamName,
  type DeliveryRequested,
  type JobRequested,
  type NotificationRequested,
  type RecordedEvent,
  type SeriesOpened,
} from '@waystation/events';
import { In, type DataSource } from 'typeorm';
import { DeliveryView } from '../project-history/delivery.view.js';
import { JobView } from '../project-history/job.view.js';
import { NotificationView } from '../project-history/notification.view.js';
import { SeriesView } from '../project-history/series.view.js';

/**
 * The streams of a study, as a reader meets them: the first event of a series, a job, a delivery or a notification says which study it is of. An
 * association may bring several studies, so it is none of theirs.
 */
export class StreamsOfStudy {
  private constructor(
    private readonly study: string,
    private readonly known: Set<string>,
  ) {}

  /** Those that the read models know of; whoever reads on from where they are meets the others. */
  static async knownTo(views: DataSource, study: string): Promise<StreamsOfStudy> {
    const lines = await views.getRepository(SeriesView).findBy({ studyInstanceUid: study });
    const series = lines.map(({ seriesInstanceUid }) => seriesInstanceUid);
    const deliveries = await views.getRepository(DeliveryView).findBy({ seriesInstanceUid: In(series) });
    const jobs = await views.getRepository(JobView).findBy({ studyInstanceUid: study });
    const notifications = await views.getRepository(NotificationView).findBy({ studyInstanceUid: study });
    return StreamsOfStudy.of(study, [
      streamName.study(study),
      ...series.map(streamName.series),
      ...deliveries.map(({ delivery }) => streamName.delivery(delivery)),
      ...jobs.map(({ job }) => streamName.job(job)),
      ...notifications.map(({ notification }) => streamName.notification(notification)),
    ]);
  }

  static of(study: string, streams: readonly string[] = [streamName.study(study)]): StreamsOfStudy {
    return new StreamsOfStudy(study, new Set(streams));
  }

  get names(): readonly string[] {
    return [...this.known];
  }

  /** Whether an event is of the study. Has to be asked about every event, in order. */
  take(event: RecordedEvent): boolean {
    if (studyNamedBy(event) === this.study) this.known.add(event.stream);
    return this.known.has(event.stream);
  }
}

type Naming = SeriesOpened | DeliveryRequested | JobRequested | NotificationRequested;
const naming: ReadonlySet<string> = new Set<Naming['type']>([
  'series.opened.v1',
  'delivery.requested.v1',
  'job.requested.v1',
  'notification.requested.v1',
]);

const studyNamedBy = ({ type, data }: RecordedEvent): string | undefined =>
  naming.has(type) ? (data as Naming['data']).studyInstanceUid : undefined;
