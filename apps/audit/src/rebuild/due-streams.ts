import {
  deliveryDecider,
  jobDecider,
  notificationDecider,
  patientDecider,
  quarantineDecider,
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
import { categoryOf } from '@waystation/events';
import { instantAfter } from '@waystation/kernel';

/** What has to be looked at later, by stream, as the log says up to the last event that was taken in. */
export class DueStreams {
  private readonly due = new Map<string, Due>();

  get size(): number {
    return this.due.size;
  }

  /** Takes the state in that an event left its stream in. */
  add(stream: string, state: unknown): void {
    const due = dueOf(stream, state);
    if (due === undefined) this.due.delete(stream);
    else this.due.set(stream, due);
  }

  *timers(): Iterable<TimerEntry> {
    for (const [stream, { since, afterMs, ...timer }] of this.due)
      yield { stream, ...timer, dueAt: instantAfter(since, afterMs) };
  }
}

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
