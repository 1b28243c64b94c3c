import {
  deliveryDecider,
  jobDecider,
  letsAnythingGo,
  notificationDecider,
  patientDecider,
  quarantineDecider,
  retentionDueOfJob,
  retentionDueOfSeries,
  retentionQueue,
  seriesDecider,
  studyDecider,
  type DeliveryState,
  type Due,
  type JobState,
  type NotificationState,
  type PatientState,
  type QuarantineState,
  type SeriesState,
  type StudyState,
} from '@waystation/domain';
import type { TimerEntry } from '@waystation/event-log';
import { categoryOf, ConfigurationDocument, ConfigurationPublished, type RecordedEvent } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';

/** What has to be looked at later, by stream, as the log says up to the last event that was taken in. */
export class DueStreams {
  private readonly due = new Map<string, Due>();
  /** What has to be looked at only where the configuration lets anything go. */
  private readonly kept = new Map<string, Due>();
  private isAnythingLetGo = false;

  /** How many timers there are. */
  get size(): number {
    return this.due.size + (this.isAnythingLetGo ? this.kept.size : 0);
  }

  /** Takes an event in, and the state that it left its stream in. */
  add(event: RecordedEvent, state: unknown): void {
    const { stream, type } = event;
    if (type === ConfigurationPublished.type) {
      const { data } = event as RecordedEvent<ConfigurationPublished>;
      // An older one may lack what was added since.
      this.isAnythingLetGo = letsAnythingGo(ConfigurationDocument.parse(data.document));
    }
    const due = dueOf(stream, state);
    const isKept = due === undefined || due.queue === retentionQueue;
    put(this.due, stream, isKept ? undefined : due);
    put(this.kept, stream, isKept ? retentionDueOf(stream, state) : undefined);
  }

  *timers(): Iterable<TimerEntry> {
    for (const dues of this.isAnythingLetGo ? [this.due, this.kept] : [this.due])
      for (const [stream, { since, afterMs, ...timer }] of dues)
        yield { stream, ...timer, dueAt: instantAfter(since, afterMs) };
  }
}

const put = (dues: Map<string, Due>, stream: string, due: Due | undefined): void => {
  if (due === undefined) dues.delete(stream);
  else dues.set(stream, due);
};

const retentionDueOf = (stream: string, state: unknown): Due | undefined => {
  const category = categoryOf(stream);
  if (category === 'series') return retentionDueOfSeries(state as SeriesState);
  return category === 'job' ? retentionDueOfJob(state as JobState) : undefined;
};

const dueOf = (stream: string, state: unknown): Due | undefined => {
  const category = categoryOf(stream);
  if (category === 'series') return seriesDecider.due(state as SeriesState);
  if (category === 'study') return studyDecider.due(state as StudyState);
  if (category === 'delivery') return deliveryDecider.due(state as DeliveryState);
  if (category === 'job') return jobDecider.due(state as JobState);
  if (category === 'notification') return notificationDecider.due(state as NotificationState);
  if (category === 'quarantine') return quarantineDecider.due(state as QuarantineState);
  if (category === 'patient') return patientDecider.due(state as PatientState);
  return undefined;
};
