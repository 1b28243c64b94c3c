import type { EventLog } from '@waystation/event-log';
import {
  streamName,
  type DeliveryAttempted,
  type JobRequested,
  type JobStarted,
  type NotificationAttempted,
  type RecordedEvent,
  type SeriesRouted,
  type StudyCompleted,
  type StudyForceCompleted,
} from '@waystation/events';
import { CodedError } from '@waystation/kernel';
import { ConfigurationVersions } from '@waystation/service';
import { In, type DataSource } from 'typeorm';
import type { ProjectHistory } from '../project-history/project-history.js';
import { readUntil } from '../replay/read-until.js';
import { JobView } from '../project-history/job.view.js';
import { NotificationView } from '../project-history/notification.view.js';
import { RelatedStreamView } from '../project-history/related-stream.view.js';
import { SeriesView } from '../project-history/series.view.js';

/** What the log holds about a study. */
export interface StudyEvidence {
  readonly studyInstanceUid: string;
  readonly series: readonly string[];
  /** The streams that are told as a whole: the study, its series, their jobs and deliveries, whom rules told of them, the associations they came by. */
  readonly streams: readonly string[];
  /** Their events, with the configurations that decided and everything that is named as a cause; in causal order. */
  readonly events: readonly RecordedEvent[];
}

/**
 * Gathers what belongs to a study. Position order is causal order, because a cause is always committed before what it
 * causes.
 * @param through the last position of the log that counts
 * @throws CodedError `audit.unknown-study`
 */
export const gatherEvidence = async (
  { log, project, views }: { readonly log: EventLog; readonly project: ProjectHistory; readonly views: DataSource },
  studyInstanceUid: string,
  through = Number.POSITIVE_INFINITY,
): Promise<StudyEvidence> => {
  await project.through((await log.head()).position);
  const lines = await views.getRepository(SeriesView).find({ where: { studyInstanceUid }, order: { openedAt: 'ASC' } });
  if (lines.length === 0)
    throw new CodedError('audit.unknown-study', `no object of study ${studyInstanceUid} was ever received`);
  const series = lines.map(({ seriesInstanceUid }) => seriesInstanceUid);
  const related = await views.getRepository(RelatedStreamView).findBy({ seriesInstanceUid: In(series) });
  const told = await views.getRepository(NotificationView).findBy({ studyInstanceUid });
  const jobs = await views.getRepository(JobView).findBy({ studyInstanceUid });
  const streams = [
    ...new Set([
      streamName.study(studyInstanceUid),
      ...related.map(({ stream }) => stream),
      ...jobs.map(({ job }) => streamName.job(job)),
      ...told.map(({ notification }) => streamName.notification(notification)),
    ]),
  ];
  const own = (await Promise.all(streams.map((stream) => readUntil(log, stream, through)))).flat();
  const events = new Map(own.map((event) => [event.position, event]));
  for (const event of await configurationsOf(log, own)) events.set(event.position, event);
  for (const event of [...events.values()]) await addCauses(log, event, events);
  const ordered = [...events.values()].sort((a, b) => a.position - b.position);
  return { studyInstanceUid, series, streams, events: ordered };
};

/** The configurations that decided where series go and how deliveries are made. */
const configurationsOf = (log: EventLog, events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> =>
  new ConfigurationVersions(log).events(events.flatMap((event) => configurationOf(event) ?? []));

const configurationOf = ({ type, data }: RecordedEvent): number | undefined => {
  if (type === 'series.routed.v1') return (data as SeriesRouted['data']).configuration.version;
  if (type === 'study.completed.v1') return (data as StudyCompleted['data']).configuration.version;
  if (type === 'study.force-completed.v1') return (data as StudyForceCompleted['data']).configuration.version;
  if (type === 'job.requested.v1') return (data as JobRequested['data']).configuration.version;
  if (type === 'job.started.v1') return (data as JobStarted['data']).configurationVersion;
  if (type === 'delivery.attempted.v1' || type === 'notification.attempted.v1')
    return (data as DeliveryAttempted['data'] | NotificationAttempted['data']).configurationVersion;
  return undefined;
};

/** Follows the causes of an event to where they began, through whatever streams. */
const addCauses = async (
  log: EventLog,
  { metadata }: RecordedEvent,
  events: Map<number, RecordedEvent>,
): Promise<void> => {
  for (let cause = metadata.causationid; cause !== undefined && !events.has(cause);) {
    const event = await log.read(cause);
    events.set(cause, event);
    cause = event.metadata.causationid;
  }
};
